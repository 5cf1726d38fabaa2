import { ANNOTATION_IMAGE, ANNOTATION_OS } from '../../../../lib/cocoon/keys.ts'
import type { Pod } from '../../../../lib/cocoon/kube-json.ts'
import { certificateAuthority, type Certificate } from '../../../api/certificate.ts'
import { manualClock } from '../../../clock.ts'
import type { Guest, GuestStreams } from '../../../guest/guest.ts'
import { NOW } from '../../../testing/objects.ts'
import { noMachine } from '../../machine.ts'
import type { VkGeneration } from '../../vk-generation.ts'
import { startKubeletServer, type KubeletServer } from '../start-kubelet-server.ts'
import type { Target } from '../target.ts'

/** What the stub guest does, by the first word of its command. */
export type Programs = Record<string, (streams: GuestStreams, args: readonly string[]) => Promise<number>>

const say = (text: string) => Buffer.from(text)

/** Programs that show how bytes travel; `$?` of what is missing is 127. */
export const PROGRAMS: Programs = {
  async cat({ stdin, stdout }) {
    for await (const chunk of stdin) await stdout(chunk)
    return 0
  },
  async echo({ stdout }, args) {
    await stdout(say(`${args.join(' ')}\n`))
    return 0
  },
  async warn({ stderr }, args) {
    await stderr(say(`${args.join(' ')}\n`))
    return 0
  },
  exit: async (_, [code = '0']) => Number(code),
  /** Byte n of the output is n modulo 251, in chunks that fit nowhere. */
  async bytes({ stdout }, [count = '0']) {
    const total = Number(count)
    for (let at = 0; at < total; at += 70_001) {
      const size = Math.min(70_001, total - at)
      await stdout(Uint8Array.from({ length: size }, (_, index) => (at + index) % 251))
    }
    return 0
  },
  async wc({ stdin, stdout }) {
    let size = 0
    for await (const chunk of stdin) size += chunk.length
    await stdout(say(`${size}\n`))
    return 0
  },
  crash: () => Promise.reject(new Error('the agent is gone')),
  async sh(streams, [, script = '']) {
    await streams.stdout(say(`sh: ${script}\n`))
    return 3
  },
  async journalctl({ stdout }, args) {
    await stdout(say(`journalctl ${args.join(' ')}\n`))
    return 0
  },
}

export interface StubGuest extends Guest {
  /** How each run ended: an exit code, or why it was aborted. */
  ended: (number | string)[]
}

/** A guest that knows a few programs, and `hang`, which ends with its client only. */
export function stubGuest(programs: Programs = PROGRAMS, lines: readonly string[] = []): StubGuest {
  const ended: (number | string)[] = []
  const hang = ({ signal, stdout }: GuestStreams) =>
    new Promise<number>((_, reject) => {
      signal.addEventListener('abort', () => reject(new Error('hung up')))
      stdout(say('hanging\n')).catch(reject)
    })
  return {
    ended,
    async run([name = '', ...args], streams) {
      const program = name === 'hang' ? hang : programs[name]
      try {
        const code = program ? await program(streams, args) : 127
        ended.push(code)
        return code
      } catch (error) {
        ended.push(error instanceof Error ? error.message : String(error))
        throw error
      }
    },
    log: () => [...lines],
    capture: () => {
      throw new Error('a stub has no memory')
    },
    halt: () => {},
  }
}

export const vmPod = (name: string, fields: { os?: string; image?: string } = {}): Pod => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: {
    name,
    namespace: 'default',
    uid: `uid-${name}`,
    annotations: {
      ...(fields.os ? { [ANNOTATION_OS]: fields.os } : {}),
      ...(fields.image ? { [ANNOTATION_IMAGE]: fields.image } : {}),
    },
  },
  spec: { nodeName: 'node-a', containers: [{ name: 'agent' }] },
  status: { phase: 'Running', containerStatuses: [{ name: 'agent', state: { running: {} } }] },
})

export interface TestKubelet extends KubeletServer {
  /** Shows the server that its caller is an API server. */
  client: Certificate
  targets: Map<string, Target>
  /** Puts a pod with this guest on a node of the generation; without a guest it has no live VM. */
  add(pod: Pod, guest?: Guest, generation?: VkGeneration): void
}

/** A kubelet server on a free port that runs what is added to it. */
export async function startTestKubelet(clientAuthority?: string): Promise<TestKubelet> {
  const authority = certificateAuthority('test callers', Date.now())
  const targets = new Map<string, Target>()
  const server = await startKubeletServer({
    nodes: {
      find: (namespace, name) => targets.get(`${namespace}/${name}`),
      pods: () => [...targets.values()].map(({ pod }) => pod),
    },
    clock: manualClock(NOW),
    clientAuthority: clientAuthority ?? authority.cert,
    port: 0,
  })
  return {
    ...server,
    client: authority.clientCertificate('test', Date.now()),
    targets,
    add(pod, guest, generation = 'new') {
      const { namespace = '', name = '' } = pod.metadata ?? {}
      const machine = { ...noMachine(), ip: '10.0.0.9', guest }
      targets.set(`${namespace}/${name}`, { pod, machine, generation })
    },
  }
}
