/** What noVNC wants of a connection: it assigns the handlers and calls the rest. */
export interface RawChannel {
  binaryType: BinaryType
  onopen: (() => void) | null
  onmessage: ((event: { data: ArrayBuffer }) => void) | null
  onclose: ((event: { code: number; reason: string }) => void) | null
  onerror: ((event: Event) => void) | null
  readonly protocol: string
  readonly readyState: number
  send(data: Uint8Array<ArrayBuffer>): void
  close(): void
}

export interface ChannelEvents {
  /** The connection stands; nothing was received yet. */
  onOpen(): void
  onData(bytes: number): void
  /** The bytes of the VM made noVNC throw: nothing after them can be understood. */
  onBroken(error: unknown): void
  onClose(code: number): void
}

/**
 * A WebSocket as noVNC likes it, with what noVNC leaves out: the code of its end, how much came, and that an
 * exception in the middle of hostile bytes ends the console in place of leaving it half alive (promise D11).
 */
export function guardedChannel(socket: WebSocket, events: ChannelEvents): RawChannel {
  socket.binaryType = 'arraybuffer'
  const channel: RawChannel = {
    binaryType: 'arraybuffer',
    onopen: null,
    onmessage: null,
    onclose: null,
    onerror: null,
    get protocol() {
      return socket.protocol
    },
    get readyState() {
      return socket.readyState
    },
    send: (data) => {
      if (socket.readyState === WebSocket.OPEN) socket.send(data)
    },
    close: () => socket.close(),
  }
  socket.addEventListener('open', () => {
    events.onOpen()
    channel.onopen?.()
  })
  socket.addEventListener('message', (event: MessageEvent<ArrayBuffer>) => {
    events.onData(event.data.byteLength)
    try {
      channel.onmessage?.(event)
    } catch (error) {
      events.onBroken(error)
    }
  })
  socket.addEventListener('close', (event) => {
    events.onClose(event.code)
    channel.onclose?.(event)
  })
  socket.addEventListener('error', (event) => channel.onerror?.(event))
  return channel
}
