import type { Socket } from 'node:net'
import type { Desktop } from '../desktop.ts'
import { byteReader, ClientGone } from './byte-reader.ts'
import { openView } from './client-view.ts'
import { NoRfb, readMessage } from './client-messages.ts'
import { greet } from './handshake.ts'

const HANDSHAKE_MS = 10_000

export interface ClientOptions {
  socket: Socket
  desktop: Desktop
  /** '' asks for none. */
  password: string
  /** Decides about a client that has passed; `shared` is what it said about others. */
  admit: (shared: boolean) => boolean
}

/**
 * Shows a desktop to one client until it goes, is turned away, or sends what no client sends: then the connection is
 * closed, which is all that a client can bring about.
 */
export async function serveClient({ socket, desktop, password, admit }: ClientOptions): Promise<void> {
  const input = byteReader(socket)
  socket.setTimeout(HANDSHAKE_MS, () => socket.destroy())
  try {
    const shared = await greet(input, (bytes) => void socket.write(bytes), password)
    if (!admit(shared)) return
    socket.setTimeout(0)
    const view = openView(socket, desktop)
    try {
      for (;;) view.take(await readMessage(input))
    } finally {
      view.close()
    }
  } catch (error) {
    if (!(error instanceof NoRfb || error instanceof ClientGone)) throw error
  } finally {
    // What was said last is still delivered; a client that does not go by itself is not waited for.
    socket.end(() => socket.destroy())
  }
}
