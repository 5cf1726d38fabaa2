import type { ConsoleAnswer } from '../../../lib/fleet/console/answer.ts'
import { endOf } from '../../../lib/fleet/console/close-codes.ts'
import { backoffMs, SETTLED_MS } from './backoff.ts'
import { pageEnd, refusalEnd, serverEnd } from './console-ends.ts'
import type { Ended } from './console-ends.ts'
import { CLOSED, nextState } from './console-state.ts'
import type { ConsoleEvent, ConsoleState, CredentialField } from './console-state.ts'
import { openGuestScreen } from './guest-screen.ts'
import type { Credentials, GuestScreen } from './guest-screen.ts'
import { guardedChannel } from './guarded-channel.ts'
import { createLinkMeter, ONE_PIXEL_REQUEST } from './link-meter.ts'
import type { LinkFigures } from './link-meter.ts'
import type { ScreenSettings } from './screen-settings.ts'

export interface ConsoleSession {
  state(): ConsoleState
  subscribe(tell: () => void): () => void
  /** The element that the screen appears in; the returned function ends the console with it. */
  attach(host: HTMLElement | null): () => void
  open(): void
  /** The VM is ready: what ended until it would be is opened again after a while. */
  vmReady(): void
  leave(end?: 'left' | 'own-window'): void
  answer(credentials: Credentials): void
  approve(): void
  apply(settings: ScreenSettings): void
  /** Null while there is no picture. */
  screen(): GuestScreen | null
  /** By which the server knows this console among the VM's viewers; null while there is none. */
  viewer(): string | null
  /** As of the last second. */
  figures(): LinkFigures
  subscribeFigures(tell: () => void): () => void
}

interface SessionOptions {
  label: string
  askTicket(): Promise<ConsoleAnswer>
  settings: ScreenSettings
  onClipboard(text: string): void
}

/** One connection; what it still says after it ended, or another one began, is not heard. */
interface Link {
  socket: WebSocket | null
  screen: GuestScreen | null
  asked: readonly CredentialField[]
  viewer: string | null
  over: boolean
}

const TICK_MS = 1_000

/** The console of one VM: asks for tickets, holds the connection, and says where it stands. */
export function createConsoleSession(options: SessionOptions): ConsoleSession {
  const listeners = new Set<() => void>()
  const figureListeners = new Set<() => void>()
  let state: ConsoleState = CLOSED
  let host: HTMLElement | null = null
  let link: Link | null = null
  let meter = createLinkMeter()
  let figures = meter.figures(0)
  let timer: ReturnType<typeof setTimeout> | undefined
  let settings = options.settings
  /** The VNC server hung up. Until it is known to be down it is not greeted: that might throw somebody out. */
  let suspicious = false
  /** Failures in a row. */
  let attempt = 0

  function tell(event: ConsoleEvent): void {
    const before = state
    state = nextState(before, event)
    if (state === before) return
    clearTimeout(timer)
    if (state.at === 'waiting') {
      attempt = state.attempt
      timer = setTimeout(() => {
        tell({ type: 'retry' })
        begin({})
      }, state.until - Date.now())
    }
    for (const listener of listeners) listener()
  }

  function end(own: Link | null): void {
    if (own === null) return
    own.over = true
    if (link === own) link = null
    own.screen?.close()
    own.socket?.close()
  }

  function finish(own: Link, why: Ended): void {
    if (own.over) return
    if (state.at === 'open' && Date.now() - state.since > SETTLED_MS) attempt = 0
    if (why.cause === 'guest-closed') suspicious ||= state.at === 'open'
    end(own)
    tell({ type: 'ended', end: why, attempt, now: Date.now(), waitMs: backoffMs(attempt + 1, Math.random()) })
  }

  function begin(credentials: Credentials): void {
    end(link)
    const own: Link = { socket: null, screen: null, asked: [], viewer: null, over: false }
    link = own
    connect(own, credentials).catch((error: unknown) => finish(own, refusalEnd(error)))
  }

  async function connect(own: Link, credentials: Credentials): Promise<void> {
    const loading = import('@novnc/novnc')
    const { path, protocols, viewer } = await options.askTicket()
    own.viewer = viewer
    const { default: Rfb } = await loading
    if (own.over || host === null) return
    const socket = new WebSocket(path, protocols)
    own.socket = socket
    meter = createLinkMeter()
    let opened = false
    const broken = (error?: unknown) =>
      finish(own, pageEnd('broken', error instanceof Error ? { detail: error.message } : {}))
    const channel = guardedChannel(socket, {
      onOpen: () => (opened = true),
      onData(bytes) {
        meter.data(bytes, performance.now())
        if (suspicious) finish(own, pageEnd('still-answers'))
      },
      onBroken: broken,
      onClose(code) {
        const why = endOf(code, opened)
        if (why === 'unreachable') suspicious = false
        finish(own, serverEnd(why))
      },
    })
    if (suspicious) return
    own.screen = openGuestScreen(
      Rfb,
      host,
      channel,
      { label: options.label, settings, credentials },
      {
        onOpened: () => tell({ type: 'opened', now: Date.now() }),
        onCredentials(fields) {
          own.asked = fields
          tell({ type: 'credentials', fields })
        },
        onIdentity: (fingerprint) => tell({ type: 'identity', fingerprint }),
        onRefused(reason) {
          const fields = own.asked.length > 0 ? own.asked : (Object.keys(credentials) as CredentialField[])
          if (fields.length === 0) {
            return finish(own, pageEnd('auth-failed', reason === '' ? {} : { detail: `It said: ${reason}` }))
          }
          // noVNC is in the middle of its own ending.
          own.over = true
          tell({ type: 'credentials-refused', fields, refusal: reason })
        },
        onBroken: broken,
        onClipboard: (text) => {
          if (!own.over) options.onClipboard(text)
        },
        onFrame: () => meter.frame(performance.now()),
      },
    )
  }

  function openNow(credentials: Credentials): void {
    suspicious = false
    attempt = 0
    tell({ type: 'open' })
    begin(credentials)
  }

  function tick(): void {
    const now = performance.now()
    figures = meter.figures(now)
    for (const listener of figureListeners) listener()
    const socket = link?.socket
    if (state.at !== 'open' || socket?.readyState !== WebSocket.OPEN) return
    if (document.hidden || !meter.mayAsk(now)) return
    meter.asks(now)
    socket.send(ONE_PIXEL_REQUEST)
  }

  return {
    state: () => state,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    attach(element) {
      host = element
      const ticks = setInterval(tick, TICK_MS)
      return () => {
        clearInterval(ticks)
        clearTimeout(timer)
        end(link)
        host = null
        state = CLOSED
      }
    },
    open: () => openNow({}),
    vmReady: () => tell({ type: 'ready', now: Date.now(), waitMs: backoffMs(attempt + 1, Math.random()) }),
    leave(why = 'left') {
      end(link)
      tell({ type: 'ended', end: pageEnd(why), attempt: 0, now: Date.now(), waitMs: 0 })
    },
    answer(credentials) {
      if (state.at !== 'credentials') return
      const { live } = state
      if (!live) return openNow(credentials)
      tell({ type: 'answered' })
      link?.screen?.answer(credentials)
    },
    approve() {
      tell({ type: 'answered' })
      link?.screen?.approve()
    },
    apply(next) {
      settings = next
      link?.screen?.apply(next)
    },
    screen: () => (state.at === 'open' ? (link?.screen ?? null) : null),
    viewer: () => (state.at === 'open' ? (link?.viewer ?? null) : null),
    figures: () => figures,
    subscribeFigures(listener) {
      figureListeners.add(listener)
      return () => figureListeners.delete(listener)
    },
  }
}
