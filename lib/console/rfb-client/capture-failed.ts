/** Why there is no picture of a screen. */
export type CaptureTrouble =
  /** Nothing answers there, or not in time. */
  | 'unreachable'
  /** What answers is no VNC server, or says what none says. */
  | 'not-vnc'
  /** It asks for a password that is not configured, or not that one. */
  | 'needs-password'
  /** It shows itself to one viewer at a time. */
  | 'not-shared'

/** Thrown when a picture cannot be taken. */
export class CaptureFailed extends Error {
  readonly trouble: CaptureTrouble
  constructor(trouble: CaptureTrouble, message: string) {
    super(message)
    this.trouble = trouble
  }
}
