'use client'

import { TriangleAlert } from 'lucide-react'
import { Button } from '../components/ui/button.tsx'
import { CodeBlock } from '../components/ui/code-block.tsx'
import { Notice } from '../components/ui/notice.tsx'

/** Says which error stopped the page, so that somebody can report it, and tries again on request. */
export default function PageError({
  error,
  reset,
}: {
  error: Error & { digest?: string }
  reset: () => void
}) {
  const report = error.digest ? `${error.message}\ndigest ${error.digest}` : error.message
  return (
    <Notice
      Icon={TriangleAlert}
      title="This page stopped with an error"
      actions={
        <Button look="primary" onClick={reset}>
          Try again
        </Button>
      }
    >
      <p>The cluster and its VMs are not affected. If it happens again, report this text:</p>
      <CodeBlock name="error" code={report} />
    </Notice>
  )
}
