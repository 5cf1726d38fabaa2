'use client'

import { LogOut } from 'lucide-react'
import { useState } from 'react'
import type { SessionDocument, SignedIn } from '../../lib/fleet/session.ts'
import type { Problem } from '../../lib/fleet/writes/answer.ts'
import { useSessionClient } from '../../lib/live/session-provider.tsx'
import { ActProblem } from '../act/act-problem.tsx'
import { Button } from '../ui/button.tsx'
import { LookAs } from './look-as.tsx'
import { PersonFacts } from './person-facts.tsx'
import { shortName } from './person-words.ts'

function Nobody({ name }: { name: string }) {
  return (
    <p className="text-muted">
      Everybody who reaches this dashboard sees and does what its own account may in{' '}
      <bdi className="font-mono text-xs wrap-anywhere">{name}</bdi>. Set{' '}
      <code className="font-mono text-xs">AUTH_MODE</code> to have people sign in.
    </p>
  )
}

function Leave({ mode, signedIn }: { mode: SessionDocument['mode']; signedIn: SignedIn }) {
  const client = useSessionClient()
  const [leaving, setLeaving] = useState(false)
  const [problem, setProblem] = useState<Partial<Problem> | null>(null)
  if (mode === 'proxy' && signedIn.demoUser === null) {
    return (
      <p className="text-xs text-muted">
        The proxy in front of the dashboard has signed you in: sign out there.
      </p>
    )
  }
  const leave = async () => {
    setLeaving(true)
    const outcome = await client.signOut()
    if ('problem' in outcome) {
      setProblem(outcome.problem)
      setLeaving(false)
    } else if (outcome.logout !== null) location.assign(outcome.logout)
  }
  return (
    <>
      {problem !== null && <ActProblem problem={problem} lead="You are still signed in." />}
      <Button className="w-full" disabled={leaving} onClick={() => void leave()}>
        <LogOut aria-hidden size={14} strokeWidth={1.75} />
        {mode === 'none' ? `Stop looking as ${shortName(signedIn.name)}` : 'Sign out'}
      </Button>
    </>
  )
}

/** Who one is to the cluster, until when, and how to be somebody else. */
export function AccountMenu({ document }: { document: SessionDocument }) {
  const { mode, cluster, signedIn, demoUsers } = document
  const nobody = signedIn === null || signedIn.means === 'dashboard'
  return (
    <div className="flex w-[min(300px,calc(100vw-50px))] flex-col gap-3">
      {nobody ? <Nobody name={cluster.name} /> : <PersonFacts signedIn={signedIn} demoUsers={demoUsers} />}
      {demoUsers.length > 0 && <LookAs users={demoUsers} current={signedIn?.demoUser ?? null} />}
      {!nobody && <Leave mode={mode} signedIn={signedIn} />}
    </div>
  )
}
