'use client'

import type { KeyboardEvent, ReactNode } from 'react'
import { useFleetIndex } from '../../lib/live/fleet-hooks.ts'
import { Stepper } from '../ui/stepper.tsx'
import type { WishField } from './act.ts'
import type { FieldProps } from './field-props.ts'
import { serverWords } from './fork/field-words.ts'
import { LandingView } from './fork/landing-view.tsx'
import { NewSetForm } from './fork/new-set-form.tsx'
import { TextField } from './fork/text-field.tsx'
import { Goners } from './goners.tsx'
import type { Plan } from './plan-of.ts'

function Row({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="flex items-center justify-between gap-3">
      <span>{label}</span>
      {children}
    </div>
  )
}

const CONTROL =
  'h-8 min-w-0 rounded-lg border border-line bg-panel px-2 text-sm text-text max-tablet:h-10 max-tablet:text-[16px]'

function NodeChoice({ wish, onWish }: FieldProps) {
  const { nodes } = useFleetIndex()
  const names = [...nodes.values()].map(({ name }) => name).sort()
  return (
    <select
      aria-label="Node"
      value={wish.node}
      onChange={(event) => onWish({ ...wish, node: event.target.value })}
      className={`${CONTROL} font-mono`}
    >
      <option value="">any (lift the pin)</option>
      {names.map((name) => (
        <option key={name} value={name}>
          {name}
        </option>
      ))}
    </select>
  )
}

const FIELDS: Record<NonNullable<WishField>, (props: FieldProps) => ReactNode> = {
  count: ({ wish, onWish }) => (
    <Row label="How many more">
      <Stepper
        label="How many more"
        least={1}
        value={wish.count}
        onChange={(count) => onWish({ ...wish, count })}
      />
    </Row>
  ),
  replicas: ({ wish, onWish }) => (
    <Row label="Sub-agents">
      <Stepper
        label="Sub-agents"
        least={0}
        value={wish.replicas}
        onChange={(replicas) => onWish({ ...wish, replicas })}
      />
    </Row>
  ),
  node: (props) => (
    <Row label="To node">
      <NodeChoice {...props} />
    </Row>
  ),
  intoSet: (props) => <NewSetForm {...props} />,
  pod: ({ wish, flaws, problem, onWish }) => (
    <TextField
      label="Name of the pod"
      value={wish.pod}
      flaw={flaws['name'] ?? serverWords(problem, 'name')}
      onChange={(pod) => onWish({ ...wish, pod })}
    />
  ),
}

/** What is to be chosen before the click, where VMs come to by it, and which ones go. */
export function ActForm({ plan, ...props }: Omit<FieldProps, 'flaws'> & { plan: Plan }) {
  const { field, flaws, landing, goes } = plan
  return (
    <>
      {field !== null && FIELDS[field]({ ...props, flaws })}
      {landing !== null && <LandingView landing={landing} />}
      <Goners vms={goes} />
    </>
  )
}

/** The name of what loses something, to be typed before the click. */
export function TypedName({
  name,
  typed,
  onTyped,
  onEnter,
}: {
  name: string
  typed: string
  onTyped: (text: string) => void
  onEnter: () => void
}) {
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter') onEnter()
  }
  return (
    <label className="block space-y-1.5">
      <span className="block">
        Type <bdi className="font-mono text-xs">{name}</bdi> to go on, because something is lost:
      </span>
      <input
        type="text"
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        value={typed}
        onChange={(event) => onTyped(event.target.value)}
        {...{ onKeyDown }}
        className={`${CONTROL} w-full font-mono`}
      />
    </label>
  )
}
