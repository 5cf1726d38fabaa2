import { connect } from 'node:net'
import type { CloseReason } from '../../fleet/console/close-codes.ts'
import { frameOf, HEADROOM, OPCODE, writeHead } from '../web-socket/frames.ts'
import type { BrowserLink } from './browser-link.ts'
import type { FairTurns } from './fair-turns.ts'
import { createGreeting } from './greeting.ts'
import { createSlabs } from './slabs.ts'
import type { LargeSlabs } from './slabs.ts'

/** What all tunnels of a process share. */
export interface RelayShared {
  slabs: LargeSlabs
  turns: FairTurns
  now(): number
}

export interface TunnelOptions extends RelayShared {
  browser: BrowserLink
  /** Dialled exactly as it is: an address, never a name. */
  host: string
  port: number
  /** What it means that a server which had greeted closes. */
  hungUp(): CloseReason
  /** The server greeted as VNC servers do: from now on bytes flow. */
  onOpen(): void
  /** Told once: by which reason it was ended, or null when the browser went. */
  onOver(reason: CloseReason | null): void
}

export interface Tunnel {
  end(reason: CloseReason): void
  /** When a byte last went either way. */
  lastMovedAt(): number
  /** Since when the browser has taken nothing of what waits for it; null while nothing waits. */
  stuckSince(): number | null
}

/** No more than this waits for either side (promise D10). */
const HIGH_WATER = 1024 * 1024
/** Nor more buffers than this, however little is in each. */
const MOST_AWAY = 16
/** A server must be reached, and have greeted, within this time (ms) each. */
const DIAL_MS = 5_000
const GREET_MS = 4_000
/** A browser has nothing to say before the server greets; what it says is kept up to here. */
const EARLY = 4 * 1024

/**
 * Relays bytes between a browser's WebSocket and a VNC server. No byte of the browser reaches a server that has not
 * greeted as one (promise D5), and neither side can make more than a megabyte wait for the other.
 */
export function openTunnel(options: TunnelOptions): Tunnel {
  const { browser, host, port, turns, now, onOpen, onOver } = options
  const turn = turns.join()
  const greeting = createGreeting()
  const slabs = createSlabs(options.slabs)
  let slab = slabs.first
  let away = 0
  let greeted = false
  let connected = false
  let over = false
  let yielded = false
  let movedAt = now()
  let takenAt = now()
  const early: Buffer[] = []

  const finish = (reason: CloseReason | null) => {
    if (over) return
    over = true
    clearTimeout(timer)
    turn.leave()
    target.destroy()
    if (reason !== null) browser.end(reason)
    slabs.give(slab)
    onOver(reason)
  }
  const finishAfter = (ms: number, reason: CloseReason) => setTimeout(() => finish(reason), ms)

  const full = () => browser.waiting >= HIGH_WATER || away >= MOST_AWAY
  const readOn = () => {
    if (!over && !yielded && !full()) target.resume()
  }
  const sendOn = (from: number, length: number): void => {
    const sent = slab
    let isAway = false
    if (browser.waiting === 0) takenAt = now()
    const start = writeHead(sent.whole, HEADROOM + from, length, OPCODE.binary)
    browser.write(sent.whole.subarray(start, HEADROOM + from + length), () => {
      takenAt = now()
      if (!isAway) return
      away -= 1
      slabs.give(sent)
      readOn()
    })
    // What the kernel took at once is not waiting any more, and can be read into again.
    isAway = browser.waiting > 0
    if (isAway) away += 1
    slab = slabs.next(sent, length, isAway)
  }
  const mayReadOn = (length: number): boolean => {
    const enough = !turn.take(length)
    if (enough && !yielded) {
      yielded = true
      setImmediate(() => {
        yielded = false
        readOn()
      })
    }
    return !enough && !full()
  }
  const greet = (length: number): boolean => {
    const { state, used } = greeting.read(slab.room.subarray(0, length))
    if (state === 'not-yet') return true
    if (state === 'not-rfb') finish('not-rfb')
    else {
      clearTimeout(timer)
      greeted = true
      onOpen()
    }
    if (over) return false
    browser.write(frameOf(OPCODE.binary, greeting.bytes))
    for (const bytes of early.splice(0)) target.write(bytes)
    if (length > used) sendOn(used, length - used)
    return mayReadOn(length)
  }
  const target = connect({
    host,
    port,
    autoSelectFamily: false,
    noDelay: true,
    keepAlive: true,
    onread: {
      buffer: () => (turns.inCompany() ? slab.share : slab.room),
      callback(length) {
        if (over) return false
        movedAt = now()
        if (!greeted) return greet(length)
        sendOn(0, length)
        return mayReadOn(length)
      },
    },
  })
  let timer = finishAfter(DIAL_MS, 'unreachable')
  target.on('connect', () => {
    connected = true
    clearTimeout(timer)
    timer = finishAfter(GREET_MS, 'not-rfb')
  })
  target.on('drain', () => browser.hold(false))
  const closed = () => finish(greeted ? options.hungUp() : connected ? 'not-rfb' : 'unreachable')
  for (const event of ['error', 'end', 'close']) target.on(event, closed)

  browser.listen({
    onBytes(bytes) {
      movedAt = now()
      if (greeted) {
        target.write(bytes)
        if (target.writableLength >= HIGH_WATER) browser.hold(true)
        return
      }
      early.push(Buffer.from(bytes))
      if (early.reduce((sum, { length }) => sum + length, 0) > EARLY) finish('not-rfb')
    },
    onDrain: readOn,
    onOver: () => finish(null),
  })

  return {
    end: finish,
    lastMovedAt: () => movedAt,
    stuckSince: () => (browser.waiting > 0 ? takenAt : null),
  }
}
