import { clip, type Canvas, type Rect } from '../canvas.ts'
import { addDamage, addRect, damageOf, isDamaged, takeRects, type Damage } from '../damage.ts'
import type { Change, Copy } from '../desktop.ts'

/** What a client has not been told yet. It is merged, never queued: however slow the client, it costs one screen. */
export interface Pending {
  add(change: Change): void
  /** The client wants to see an area again, whether it changed or not. */
  again(area: Rect): void
  /** Everything is new, at another size. */
  restart(screen: Canvas): void
  isEmpty(): boolean
  /** Takes what lies in an area; copies come only where they may, otherwise what moved is shown anew. */
  take(screen: Canvas, area: Rect, withCopies: boolean): { copies: Copy[]; rects: Rect[] }
}

/** Everything of a screen is yet to be told. */
export function createPending(first: Canvas): Pending {
  let damage: Damage = damageOf(first, true)
  let copies: Copy[] = []
  const dissolve = (moved: Copy[]) => {
    for (const { from, x, y } of moved) addRect(damage, { x, y, width: from.width, height: from.height })
  }
  return {
    add(change) {
      // A copy is right only for who has seen everything that was there before.
      if (copies.length === 0 && !isDamaged(damage)) copies = change.copies
      else dissolve(change.copies)
      addDamage(damage, change.damage)
    },
    again: (area) => addRect(damage, area),
    restart(screen) {
      damage = damageOf(screen, true)
      copies = []
    },
    isEmpty: () => copies.length === 0 && !isDamaged(damage),
    take(screen, area, withCopies) {
      const taken = withCopies ? copies : []
      if (!withCopies) dissolve(copies)
      copies = []
      const rects = takeRects(damage, screen, area).map((rect) => clip(screen, rect))
      return { copies: taken, rects }
    },
  }
}
