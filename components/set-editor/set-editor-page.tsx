'use client'

import dynamic from 'next/dynamic'
import { useSession } from '../../lib/live/session-provider.tsx'
import { EditorSkeleton } from './editor-skeleton.tsx'
import type { Purpose } from './set-loader.tsx'

const SetLoader = dynamic(() => import('./set-loader.tsx').then((module) => module.SetLoader), {
  ssr: false,
  loading: EditorSkeleton,
})

/** A page that makes or edits a set. It lives in the browser alone, where the draft is, and whose that is must be known. */
export function SetEditorPage({ purpose }: { purpose: Purpose }) {
  if (useSession().kind === 'asking') return <EditorSkeleton />
  return <SetLoader purpose={purpose} />
}
