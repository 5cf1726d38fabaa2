'use client'

import { Check } from 'lucide-react'
import { useState } from 'react'
import type { DemoUser } from '../../lib/fleet/session.ts'
import type { Problem } from '../../lib/fleet/writes/answer.ts'
import { useSessionClient } from '../../lib/live/session-provider.tsx'
import { ActProblem } from '../act/act-problem.tsx'

/** The ready-made users of the demo: one click, and the page is as they see it. */
export function LookAs({ users, current }: { users: readonly DemoUser[]; current: string | null }) {
  const client = useSessionClient()
  const [going, setGoing] = useState<string | null>(null)
  const [problem, setProblem] = useState<Partial<Problem> | null>(null)
  const lookAs = async (demoUser: string) => {
    setGoing(demoUser)
    setProblem(await client.signIn({ demoUser }, null))
    setGoing(null)
  }
  return (
    <section className="border-t border-line pt-2.5">
      <h3 className="mb-1 text-xs font-medium text-faint">Look as a user of the demo</h3>
      {problem !== null && <ActProblem problem={problem} />}
      <ul className="-mx-2">
        {users.map(({ id, title, may }) => (
          <li key={id}>
            <button
              type="button"
              aria-current={id === current}
              disabled={going !== null}
              className="flex w-full gap-2 rounded-md px-2 py-1.5 text-left hover:bg-hover aria-[current=true]:bg-hover"
              onClick={() => {
                if (id !== current) void lookAs(id)
              }}
            >
              <span className="min-w-0 flex-1">
                <span className="block font-medium">{title}</span>
                <span className="block text-xs leading-snug text-muted">{may}</span>
              </span>
              {id === current && (
                <Check aria-hidden size={14} strokeWidth={2} className="mt-0.5 shrink-0 text-accent-ink" />
              )}
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}
