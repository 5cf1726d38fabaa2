import type RFB from '@novnc/novnc'
import { releaseModifiers } from '../input/type-text.ts'
import type { SendKey } from '../input/type-text.ts'
import { beyondLatin1, takesUnicode } from './clipboard-reach.ts'
import type { CredentialField } from './console-state.ts'
import { guardRfb } from './guard-rfb.ts'
import type { RawChannel } from './guarded-channel.ts'
import { watchHeldKeys } from './held-keys.ts'
import { applySettings } from './screen-settings.ts'
import type { ScreenSettings } from './screen-settings.ts'

export type Credentials = Partial<Record<CredentialField, string>>

export interface ScreenEvents {
  onOpened(): void
  onCredentials(fields: readonly CredentialField[]): void
  onIdentity(fingerprint: string): void
  /** The VNC server did not let us in; `reason` is its text, '' when it gave none. */
  onRefused(reason: string): void
  /** noVNC ended by itself: the protocol was broken. */
  onBroken(error?: unknown): void
  onClipboard(text: string): void
  onFrame(): void
}

/** The guest's screen in the page, and what can be done with it. */
export interface GuestScreen {
  canvas: HTMLCanvasElement
  key: SendKey
  /** Puts a text on the guest's clipboard; returns the characters that the server takes only as a question mark. */
  paste(text: string): readonly string[]
  /** Whether a touch of the screen takes the focus: not while a phone's keyboard is up, which would then go. */
  focusByTouch(takes: boolean): void
  /** A picture of the whole screen in its own size. */
  picture(take: (image: Blob) => void): void
  answer(credentials: Credentials): void
  approve(): void
  apply(settings: ScreenSettings): void
  close(): void
}

const hex = (bytes: Uint8Array) => [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('-')

async function fingerprintOf(key: Uint8Array<ArrayBuffer>): Promise<string> {
  return hex(new Uint8Array(await crypto.subtle.digest('SHA-1', key)).slice(0, 8))
}

/** Every picture reaches the visible canvas by one drawImage; one pixel is the answer to our own question. */
function countFrames(canvas: HTMLCanvasElement, onFrame: () => void): void {
  const context = canvas.getContext('2d')
  if (context === null) return
  const draw = context.drawImage.bind(context) as (...args: unknown[]) => void
  context.drawImage = (...args: unknown[]) => {
    if (Number(args[3]) * Number(args[4]) > 1) onFrame()
    draw(...args)
  }
}

/** What a VNC server gives as its reason is a line for people, whatever it sends. */
const MOST_REASON = 300

/** Puts noVNC into `host` and speaks RFB over `channel`. `credentials` are kept by noVNC for this connection alone. */
export function openGuestScreen(
  Rfb: typeof RFB,
  host: HTMLElement,
  channel: RawChannel,
  options: { label: string; settings: ScreenSettings; credentials: Credentials },
  events: ScreenEvents,
): GuestScreen {
  const rfb = new Rfb(host, channel as unknown as WebSocket, {
    shared: true,
    credentials: options.credentials as { username: string; password: string; target: string },
  })
  guardRfb(rfb, events.onBroken)
  rfb.background = 'transparent'
  rfb.showDotCursor = true
  const canvas = host.querySelector('canvas') ?? document.createElement('canvas')
  canvas.tabIndex = 0
  canvas.setAttribute('role', 'application')
  canvas.setAttribute('aria-label', options.label)
  countFrames(canvas, events.onFrame)
  const keys = watchHeldKeys(canvas)
  const touch = matchMedia('(pointer: coarse)').matches
  let current = options.settings
  applySettings(rfb, current, touch)

  rfb.addEventListener('connect', () => {
    // What is set before the first size is known is not applied by noVNC.
    applySettings(rfb, current, touch)
    events.onOpened()
  })
  rfb.addEventListener('credentialsrequired', ({ detail }) => events.onCredentials(detail.types))
  rfb.addEventListener('serververification', ({ detail }: CustomEvent) => {
    const { publickey } = detail as { publickey: Uint8Array<ArrayBuffer> }
    void fingerprintOf(publickey).then(events.onIdentity)
  })
  rfb.addEventListener('securityfailure', ({ detail }) =>
    events.onRefused((detail.reason ?? '').slice(0, MOST_REASON)),
  )
  let gone = false
  rfb.addEventListener('disconnect', ({ detail }) => {
    gone = true
    if (!detail.clean) events.onBroken()
  })
  rfb.addEventListener('clipboard', ({ detail }) => events.onClipboard(detail.text))

  return {
    canvas,
    key: (keysym, code, down) => rfb.sendKey(keysym, code, down),
    paste(text) {
      rfb.clipboardPasteFrom(text)
      return takesUnicode(rfb) ? [] : beyondLatin1(text)
    },
    focusByTouch: (takes) => {
      rfb.focusOnClick = takes
    },
    picture: (take) => rfb.toBlob(take, 'image/png'),
    answer: (credentials) => rfb.sendCredentials({ username: '', password: '', target: '', ...credentials }),
    approve: () => (rfb as unknown as { approveServer(): void }).approveServer(),
    apply(settings) {
      // View only sends nothing any more, key releases neither: they come first.
      if (settings.viewOnly && !current.viewOnly) {
        keys.releaseAll()
        // Those that a touch key or a text being typed holds down.
        releaseModifiers((keysym, code, down) => rfb.sendKey(keysym, code, down))
      }
      current = settings
      applySettings(rfb, settings, touch)
    },
    close() {
      keys.stop()
      if (!gone) rfb.disconnect()
    },
  }
}
