/** The pipes of one exec: there is no terminal, so nothing echoes (contract 6.7). */
export interface GuestStreams {
  stdin: AsyncIterable<Uint8Array>
  /** Resolves when the reader took the chunk: programs wait for it, so a slow reader slows the guest. */
  stdout: (chunk: Uint8Array) => Promise<void>
  stderr: (chunk: Uint8Array) => Promise<void>
  /** The client is gone: everything that this exec started gets SIGHUP. */
  signal: AbortSignal
}
