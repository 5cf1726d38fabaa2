'use client'

import { LogOut } from 'lucide-react'
import { useEffect, useState } from 'react'
import type { AuthMode } from '../../lib/fleet/session.ts'
import { forgetKept, keepsSomething } from '../../lib/live/tab-memory.ts'
import { Button, buttonClasses } from '../ui/button.tsx'
import { Notice } from '../ui/notice.tsx'
import { useSignInHref } from './use-sign-in-href.ts'

const WORDS = {
  left: {
    title: 'You are signed out',
    text: 'Other tabs of this browser are signed out, too.',
  },
  ended: {
    title: 'Your session is over',
    text: 'It ended after its time, you signed out in another tab, or the cluster accepts your credentials no more.',
  },
} as const

const NOTHING_KEPT = 'Nothing of the fleet is kept on this page.'
const KEPT =
  'What you wrote and did not save, and the list of what you asked for, are kept in this tab until you come back. Whoever else signs in does not get them.'

const setTitle = (title: string) => {
  document.title = `${title} · Cocoon`
}

/** Instead of everything: nobody is signed in any more. Signing in leads back to where one was. */
export function SignedOut({ why, mode }: { why: keyof typeof WORDS; mode: AuthMode | undefined }) {
  const signIn = useSignInHref()
  const { title, text } = WORDS[why]
  const [keeps, setKeeps] = useState(keepsSomething)
  useEffect(() => setTitle(title), [title])
  return (
    <main className="flex h-full overflow-y-auto">
      <Notice
        Icon={LogOut}
        title={title}
        actions={
          <>
            {/* A plain link: it loads the page anew, so that nothing of this one stays in memory. */}
            <a href={signIn} className={buttonClasses('primary')} data-signed-out={why}>
              Sign in
            </a>
            {keeps && (
              <Button
                onClick={() => {
                  forgetKept()
                  setKeeps(false)
                }}
              >
                Keep nothing
              </Button>
            )}
          </>
        }
      >
        <output className="block">
          {text} {keeps ? KEPT : NOTHING_KEPT}
        </output>
        {mode === 'proxy' && <p>The proxy in front of the dashboard signs people in.</p>}
      </Notice>
    </main>
  )
}
