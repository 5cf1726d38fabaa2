'use client'

import { LoaderCircle } from 'lucide-react'
import { useState } from 'react'
import type { DemoUser } from '../../lib/fleet/session.ts'
import type { Problem } from '../../lib/fleet/writes/answer.ts'
import { useSessionClient } from '../../lib/live/session-provider.tsx'
import { ActProblem } from '../act/act-problem.tsx'
import { Avatar } from './avatar.tsx'

/** The ready-made users of the demo, to come in as with one click. */
export function DemoUsers({ users, to }: { users: readonly DemoUser[]; to: string }) {
  const client = useSessionClient()
  const [coming, setComing] = useState<string | null>(null)
  const [problem, setProblem] = useState<Partial<Problem> | null>(null)
  const comeIn = async (demoUser: string) => {
    setComing(demoUser)
    const why = await client.signIn({ demoUser }, to)
    setProblem(why)
    if (why !== null) setComing(null)
  }
  return (
    <section>
      <h2 className="font-medium">As somebody of the demo</h2>
      <p className="mt-0.5 text-muted">Each sees and may do something else.</p>
      {problem !== null && (
        <div className="pt-2">
          <ActProblem problem={problem} />
        </div>
      )}
      <ul className="mt-2.5 divide-y divide-line overflow-hidden rounded-lg border border-line">
        {users.map(({ id, title, may }) => (
          <li key={id}>
            <button
              type="button"
              disabled={coming !== null}
              className="flex w-full items-start gap-2.5 px-3 py-2.5 text-left hover:bg-hover focus-visible:-outline-offset-2 disabled:opacity-60"
              onClick={() => void comeIn(id)}
            >
              {coming === id ? (
                <span className="grid size-[22px] shrink-0 place-items-center text-faint">
                  <LoaderCircle aria-hidden size={14} strokeWidth={1.9} className="animate-spin" />
                </span>
              ) : (
                <Avatar name={title} />
              )}
              <span className="min-w-0">
                <span className="block font-medium">{title}</span>
                <span className="block text-xs leading-snug text-muted">{may}</span>
              </span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}
