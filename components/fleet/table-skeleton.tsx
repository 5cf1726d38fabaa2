import { Skeleton } from '../ui/skeleton.tsx'

const WIDTHS = [132, 96, 148, 120, 88, 140, 110, 128, 92, 136, 104, 118]

/** The table in its final shape while the first answer is awaited. */
export function TableSkeleton() {
  return (
    <div aria-busy className="min-h-0 flex-1 overflow-hidden">
      <output className="sr-only">Loading the fleet</output>
      <div className="h-[35px] border-b border-line bg-raised max-tablet:hidden" />
      {WIDTHS.map((width, place) => (
        <div
          // The bars stand for nothing, so their place is all they are.
          // oxlint-disable-next-line react/no-array-index-key
          key={place}
          className={`flex items-center gap-6 border-b border-line px-3.5 max-tablet:h-14 ${place % 4 === 0 ? 'h-11 bg-raised' : 'h-[38px] pl-9'}`}
        >
          <span className="w-56 max-tablet:flex-1">
            <Skeleton width={width} />
          </span>
          <Skeleton width={92} height={18} />
          <span className="flex flex-1 gap-10 max-tablet:hidden">
            <Skeleton width={64} />
            <Skeleton width={108} />
            <Skeleton width={96} />
          </span>
        </div>
      ))}
    </div>
  )
}
