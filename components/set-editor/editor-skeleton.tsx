import { Skeleton } from '../ui/skeleton.tsx'

/** The shape of the editor while it, or its set, is on its way. */
export function EditorSkeleton() {
  return (
    <div className="flex h-full flex-col gap-3 px-[22px] pt-3.5 max-tablet:px-3.5">
      <Skeleton width={180} height={24} />
      <div className="grid flex-1 grid-cols-2 gap-4 pb-4 max-wide:grid-cols-1">
        <div className="surface skeleton" />
        <div className="surface skeleton max-wide:hidden" />
      </div>
    </div>
  )
}
