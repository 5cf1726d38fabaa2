import { Lock } from 'lucide-react'
import { Notice } from '../../ui/notice.tsx'

/** In place of what somebody has no right to see: which right it is, and how it goes on. */
export function RightNotice({ title, lack }: { title: string; lack: string }) {
  return (
    <Notice Icon={Lock} title={title}>
      <p className="wrap-anywhere text-text">
        <bdi>{lack}</bdi>
      </p>
      <p>
        Somebody who administers the cluster can give you this right. This page goes on by itself within half
        a minute once you have it.
      </p>
    </Notice>
  )
}
