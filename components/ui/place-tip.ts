interface Box {
  left: number
  top: number
  width: number
  height: number
}

const GAP = 6
const EDGE = 8

/** Where a tip goes: centred above its element, below when there is no room, never off the screen. Pixels. */
export function placeTip(
  anchor: Box,
  tip: { width: number; height: number },
  screen: { width: number; height: number },
): { left: number; top: number } {
  const centred = anchor.left + Math.min(anchor.width, screen.width) / 2 - tip.width / 2
  const left = Math.max(EDGE, Math.min(centred, screen.width - tip.width - EDGE))
  const above = anchor.top - GAP - tip.height
  const below = anchor.top + anchor.height + GAP
  const top = above >= EDGE ? above : Math.max(EDGE, Math.min(below, screen.height - tip.height - EDGE))
  return { left, top }
}
