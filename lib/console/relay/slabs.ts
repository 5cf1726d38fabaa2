import { HEADROOM } from '../web-socket/frames.ts'

/** A buffer with room for the head of a frame before what is read into it, so that both are one write. */
export interface Slab {
  whole: Buffer
  /** What is read into. */
  room: Buffer
  /** The beginning of the same, for reading while others wait. */
  share: Buffer
}

/** A connection at rest keeps one of this size. */
export const SMALL = 4 * 1024
/** Fewer, larger reads are what makes Node fast here (performance A). */
const LARGE = 512 * 1024
/** What is read at a time while others are active. */
export const SHARE = 16 * 1024
/** Large ones for all connections together. */
const MOST_LARGE = 64

function newSlab(size: number): Slab {
  const whole = Buffer.allocUnsafeSlow(HEADROOM + size)
  const room = whole.subarray(HEADROOM)
  return { whole, room, share: room.subarray(0, SHARE) }
}

const isLarge = ({ room }: Slab) => room.length === LARGE

/** The large slabs of this process: made when they are wanted first, and used again. */
export function createLargeSlabs() {
  const free: Slab[] = []
  let made = 0
  return {
    /** Null when all are in use. */
    take(): Slab | null {
      const slab = free.pop()
      if (slab !== undefined) return slab
      if (made === MOST_LARGE) return null
      made += 1
      return newSlab(LARGE)
    },
    give: (slab: Slab) => void free.push(slab),
  }
}

export type LargeSlabs = ReturnType<typeof createLargeSlabs>

/** The slabs of one connection: a small one of its own, large ones of all while there is much to read. */
export function createSlabs(large: LargeSlabs) {
  let spare: Slab | null = newSlab(SMALL)
  const takeSmall = () => {
    const slab = spare ?? newSlab(SMALL)
    spare = null
    return slab
  }
  const give = (slab: Slab) => {
    if (isLarge(slab)) large.give(slab)
    else spare = slab
  }
  return {
    first: takeSmall(),
    give,
    /** What to read into next, after `length` bytes; the slab is taken back unless it is still being sent. */
    next(slab: Slab, length: number, away: boolean): Slab {
      const wantsLarge = length >= SMALL
      if (!away && isLarge(slab) === wantsLarge) return slab
      if (!away) give(slab)
      return (wantsLarge ? large.take() : null) ?? takeSmall()
    },
  }
}
