/** Heights in pixels. Rows do not measure themselves: virtual scrolling then never jumps. */
export interface RowHeights {
  head: number
  group: number
  vm: number
}

export const DESK_HEIGHTS: RowHeights = { head: 34, group: 44, vm: 38 }

/** Two lines a VM, and big enough to touch. Columns have no heads there. */
export const PHONE_HEIGHTS: RowHeights = { head: 0, group: 66, vm: 56 }
