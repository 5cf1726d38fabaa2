'use client'

import Link from 'next/link'
import { useState } from 'react'
import type { ComponentProps, MouseEvent } from 'react'
import type { Right } from '../../../lib/fleet/can/rights.ts'
import { later } from '../../ui/later.tsx'
import { useNear } from './use-near.ts'

const load = () => import('./watch-somewhere.tsx')
const WatchSomewhere = later(() => load().then((module) => module.WatchSomewhere))

interface JudgedProps extends Omit<ComponentProps<typeof Link>, 'prefetch'> {
  /** What its page is for: without it in any namespace the link leads nowhere, and says so. */
  right: Right
  'data-tip'?: string
}

/**
 * A link to a page that is for whoever has a right in some namespace. It is asked for when somebody comes near, each
 * time, and not before: the page judges for itself in any case.
 */
export function JudgedLink({ right, onClick, 'data-tip': tip = '', ...link }: JudgedProps) {
  const { near, feelers } = useNear()
  const [reason, setReason] = useState<string | null>(null)
  const click = (event: MouseEvent<HTMLAnchorElement>) => {
    if (reason === null) onClick?.(event)
    else event.preventDefault()
  }
  return (
    <>
      <Link
        {...link}
        aria-disabled={reason !== null || undefined}
        data-tip={reason ?? tip}
        prefetch={false}
        {...feelers}
        onClick={click}
      />
      {near && <WatchSomewhere right={right} onReason={setReason} />}
    </>
  )
}
