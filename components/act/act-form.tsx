'use client'

import type { KeyboardEvent, ReactNode } from 'react'
import type { WishField } from './act.ts'
import type { FieldProps } from './field-props.ts'
import { serverWords } from './fork/field-words.ts'
import { LandingView } from './fork/landing-view.tsx'
import { NewSetForm } from './fork/new-set-form.tsx'
import { TextField } from './fork/text-field.tsx'
import { Goners } from './goners.tsx'
import type { Plan } from './plan-of.ts'
import { AmountField, CONTROL, NodeField } from './wish-fields.tsx'

const FIELDS: Record<NonNullable<WishField>, (props: FieldProps) => ReactNode> = {
  count: ({ wish, onWish }) => (
    <AmountField
      label="How many more"
      least={1}
      value={wish.count}
      onChange={(count) => onWish({ ...wish, count })}
    />
  ),
  replicas: ({ wish, onWish }) => (
    <AmountField
      label="Sub-agents"
      least={0}
      value={wish.replicas}
      onChange={(replicas) => onWish({ ...wish, replicas })}
    />
  ),
  node: ({ wish, onWish }) => <NodeField node={wish.node} onNode={(node) => onWish({ ...wish, node })} />,
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
  why = 'something is lost',
  onTyped,
  onEnter,
}: {
  name: string
  typed: string
  /** After "because". */
  why?: string
  onTyped: (text: string) => void
  onEnter: () => void
}) {
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter') onEnter()
  }
  return (
    <label className="block space-y-1.5">
      <span className="block">
        Type <bdi className="font-mono text-xs">{name}</bdi> to go on, because {why}:
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
