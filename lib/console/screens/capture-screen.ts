import type { VncEndpoint } from '../../fleet/can/vnc-endpoint.ts'
import { CaptureFailed } from '../rfb-client/capture-failed.ts'
import { connectScreen } from '../rfb-client/connect-screen.ts'
import type { ScreenConnection } from '../rfb-client/connect-screen.ts'
import type { Frame } from '../rfb-client/frame.ts'
import { takePicture } from '../rfb-client/take-picture.ts'

export interface CaptureOptions {
  /** As `findScreen` answered it. */
  endpoint: VncEndpoint
  /** '' when none is configured. */
  password: string
  /** Whether the server has been seen to share. */
  shared: boolean
}

const DEADLINE_MS = 10_000

/** FramebufferUpdateRequest for one pixel. */
const POKE = Buffer.of(3, 0, 0, 0, 0, 0, 0, 1, 0, 1)

/** Whether a server that has shown us its screen still talks to us. */
async function stillAnswers({ input, send }: ScreenConnection): Promise<boolean> {
  send(POKE)
  return input.read(1).then(
    () => true,
    () => false,
  )
}

/**
 * Looks twice at once, as two people would, to learn whether the server lets the first go on when the second comes:
 * nothing in RFB says so beforehand, and a viewer must not be put out for a picture.
 * @throws CaptureFailed `not-shared`
 */
async function requireSharing(
  first: ScreenConnection,
  again: () => Promise<ScreenConnection>,
): Promise<void> {
  const second = await again().catch(() => null)
  try {
    const both = second !== null && (await stillAnswers(second)) && (await stillAnswers(first))
    if (!both) throw new CaptureFailed('not-shared', 'The VNC server shows itself to one viewer only.')
  } finally {
    second?.close()
  }
}

/** Takes one picture over a connection of its own, and proves that the server shares if that is not known. @throws CaptureFailed */
export async function captureScreen({ endpoint, password, shared }: CaptureOptions): Promise<Frame> {
  const signal = AbortSignal.timeout(DEADLINE_MS)
  const open = () => connectScreen({ endpoint, password, signal })
  const connection = await open()
  try {
    const frame = await takePicture(connection)
    if (!shared) await requireSharing(connection, open)
    return frame
  } finally {
    connection.close()
  }
}
