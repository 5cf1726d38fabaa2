interface Box {
  left: number
  top: number
  right: number
  bottom: number
}

export type Align = 'start' | 'center' | 'end'

const GAP = 6
const EDGE = 10

const LEFT: Record<Align, (anchor: Box, width: number) => number> = {
  start: (anchor) => anchor.left,
  center: (anchor, width) => (anchor.left + anchor.right - width) / 2,
  end: (anchor, width) => anchor.right - width,
}

/**
 * Where a popover of this size goes: below its anchor, above when there is more room, inside the screen, and no
 * taller than the room. All in pixels.
 */
export function placePopover(
  anchor: Box,
  size: { width: number; height: number },
  screen: { width: number; height: number },
  align: Align,
): { left: number; top: number; maxHeight: number } {
  const below = screen.height - anchor.bottom - GAP - EDGE
  const above = anchor.top - GAP - EDGE
  const upwards = size.height > below && above > below
  const maxHeight = Math.max(0, upwards ? above : below)
  const left = Math.max(EDGE, Math.min(LEFT[align](anchor, size.width), screen.width - size.width - EDGE))
  const top = upwards ? anchor.top - GAP - Math.min(size.height, maxHeight) : anchor.bottom + GAP
  return { left, top, maxHeight }
}
