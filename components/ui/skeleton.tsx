/** A grey bar in the final shape of what is awaited. Shows only after 200 ms. */
export function Skeleton({ width, height = 11 }: { width: number | string; height?: number }) {
  return <span aria-hidden className="skeleton inline-block align-middle" style={{ width, height }} />
}
