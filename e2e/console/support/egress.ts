import { Socket } from 'node:net'

export interface Dial {
  host: string
  port: number
}

export interface EgressSensor {
  /** Every TCP connection that this process has begun since, but those to `known` ports. */
  readonly dials: readonly Dial[]
  /** Dials since the last call. */
  taken(): Dial[]
  stop(): void
}

/** Notes every connection at the one place of Node through which all go, whatever dials, and whatever it says of it. */
export function senseEgress(known: readonly number[]): EgressSensor {
  const original = Socket.prototype.connect
  let dials: Dial[] = []
  const sensing = function connect(this: Socket, ...given: unknown[]): Socket {
    const [first] = given
    // Node hands its own normalised arguments on as one array.
    const options: unknown = Array.isArray(first) ? (first as unknown[])[0] : first
    if (typeof options === 'object' && options !== null) {
      const { host = 'localhost', port } = options as { host?: string; port?: number }
      if (!known.includes(Number(port))) dials.push({ host, port: Number(port) })
    } else dials.push({ host: typeof given[1] === 'string' ? given[1] : 'localhost', port: Number(first) })
    return Reflect.apply(original, this, given) as Socket
  }
  Socket.prototype.connect = sensing
  return {
    get dials() {
      return dials
    },
    taken() {
      const taken = dials
      dials = []
      return taken
    },
    stop() {
      Socket.prototype.connect = original
    },
  }
}
