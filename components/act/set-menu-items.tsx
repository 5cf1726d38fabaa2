'use client'

import { ClipboardList, Copy, Monitor, SquarePen } from 'lucide-react'
import { can } from '../../lib/fleet/can/can.ts'
import { lackToAudit, lackToClone, unlessLacking } from '../../lib/fleet/can/needs.ts'
import type { Verdict } from '../../lib/fleet/can/verdict.ts'
import { vncPortOf } from '../../lib/fleet/can/vnc-endpoint.ts'
import { termText } from '../../lib/fleet/search-edit.ts'
import { VIEW_PARAMS } from '../../lib/fleet/view-state.ts'
import { useConnection, useFleetIndex } from '../../lib/live/fleet-hooks.ts'
import type { SetAction } from './act.ts'
import { useAsk } from './act-context.ts'
import { SET_LOOKS } from './act-looks.ts'
import { easiestWish } from './first-wish.ts'
import { ALWAYS, MenuItem, MenuLine, MenuLink, MenuList } from './menu-list.tsx'
import { SET_PLANS } from './set-plans.ts'
import { setSubject } from './subject-of.ts'
import { setVerdict } from './rights/for-caller.ts'
import { useMakes } from './rights/use-makes.ts'
import { useRights } from './rights/use-rights.ts'
import { whileLive } from './while-live.ts'

const screenless = (name: string): Verdict => ({ ok: false, reason: `No VM of ${name} has a screen.` })

/** The actions on a set, judged on the fleet as it is now. */
export function SetMenuItems({ uid, hide }: { uid: string; hide: () => void }) {
  const ask = useAsk()
  const index = useFleetIndex()
  const { state } = useConnection()
  const set = index.sets.get(uid)
  const { rights } = useRights(set?.namespace ?? '')
  const makes = useMakes(index, rights)
  if (set === undefined) return <p className="text-muted">This set is gone.</p>
  const subject = setSubject(index, set)
  const wish = easiestWish(subject)
  const { namespace, name } = set
  const may = (action: SetAction | 'edit-set', verdict: Verdict) =>
    setVerdict(action, subject, rights, verdict)
  const into =
    makes === undefined || makes.namespace === namespace
      ? ''
      : `&namespace=${encodeURIComponent(makes.namespace)}`
  const place = `${encodeURIComponent(namespace)}/${encodeURIComponent(name)}`
  const item = (action: SetAction) => (
    <MenuItem
      key={action}
      {...SET_LOOKS[action]}
      verdict={whileLive(state, may(action, SET_PLANS[action].judge(subject, wish)))}
      onAct={() => {
        // First the menu gives the focus back to its button, which the dialog then returns it to.
        hide()
        ask({ kind: 'set', action, uid, namespace, name })
      }}
    />
  )
  return (
    <MenuList>
      {item(set.suspend ? 'resume' : 'suspend')}
      {item('fork')}
      {item('scale')}
      {item('migrate')}
      <MenuLine />
      <MenuLink
        Icon={Monitor}
        label="Screens"
        href={`/screens?${VIEW_PARAMS.search.param}=${encodeURIComponent(`${termText('ns', namespace)} ${termText('set', name)}`)}`}
        verdict={subject.vms.some((vm) => vncPortOf(vm) > 0) ? ALWAYS : screenless(name)}
      />
      <MenuLink
        Icon={SquarePen}
        label="Edit"
        href={`/sets/${place}/edit`}
        verdict={may('edit-set', can['edit-set'](subject))}
      />
      <MenuLink
        Icon={ClipboardList}
        label="Who did what"
        href={`/audit?ns=${encodeURIComponent(namespace)}&object=${encodeURIComponent(`CocoonSet/${name}`)}`}
        verdict={unlessLacking(lackToAudit(rights), ALWAYS)}
      />
      <MenuLink
        Icon={Copy}
        label="Clone"
        href={`/sets/new?from=${place}${into}`}
        verdict={unlessLacking(lackToClone(set, rights, makes), ALWAYS)}
      />
      <MenuLine />
      {item('delete-set')}
    </MenuList>
  )
}
