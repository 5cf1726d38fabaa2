'use client'

import { usePathname } from 'next/navigation'
import { createParser, useQueryState } from 'nuqs'
import type { MouseEvent } from 'react'
import { termText } from '../../lib/fleet/search-edit.ts'
import { VIEW_PARAMS } from '../../lib/fleet/view-state.ts'
import { ViewLink } from '../shell/view-link.tsx'
import type { OwnTarget } from './own-operation.ts'

const LINK =
  'rounded-sm text-left underline-offset-2 hover:underline max-tablet:inline-block max-tablet:py-1.5'
const { param, parse, print } = VIEW_PARAMS.vm
const PARSER = createParser({ parse, serialize: print, eq: (a, b) => print(a) === print(b) })

interface TargetLinkProps {
  target: OwnTarget
  title: string
  onLeave: () => void
}

/** Opens the VM's panel; on the fleet's page in place, which needs no server. */
function VmLink({ target, title, onLeave }: TargetLinkProps) {
  const here = usePathname() === '/'
  const [, setVm] = useQueryState(param, PARSER)
  const onClick = (event: MouseEvent) => {
    onLeave()
    const special = event.ctrlKey || event.metaKey || event.shiftKey || event.altKey
    if (!here || special || event.button !== 0) return
    event.preventDefault()
    void setVm(target, { history: 'push' })
  }
  return (
    <a
      href={`/?${new URLSearchParams({ [param]: print(target) }).toString()}`}
      className={LINK}
      onClick={onClick}
    >
      <bdi>{title}</bdi>
    </a>
  )
}

/** Leads to the VM's panel, or to the set in the fleet. */
export function TargetLink(props: TargetLinkProps) {
  const { target, title, onLeave } = props
  if (target.kind === 'vm') return <VmLink {...props} />
  const search = `${termText('ns', `=${target.namespace}`)} ${termText('set', `=${target.name}`)}`
  return (
    <ViewLink search={search} className={LINK} onGo={onLeave}>
      <bdi>{title}</bdi>
    </ViewLink>
  )
}
