'use client'

import type { KeyboardEvent, ReactNode } from 'react'
import { useFleetIndex } from '../../lib/live/fleet-hooks.ts'
import { Stepper } from '../ui/stepper.tsx'
import type { Wish, WishField } from './act.ts'

interface FieldProps {
  wish: Wish
  onWish: (wish: Wish) => void
}

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
  intoSet: ({ wish, onWish }) => (
    <Row label="Name of the set">
      <input
        aria-label="Name of the set"
        value={wish.intoSet.name}
        onChange={(event) => onWish({ ...wish, intoSet: { ...wish.intoSet, name: event.target.value } })}
        className={`${CONTROL} font-mono`}
      />
    </Row>
  ),
  pod: ({ wish, onWish }) => (
    <Row label="Name of the pod">
      <input
        aria-label="Name of the pod"
        value={wish.pod}
        onChange={(event) => onWish({ ...wish, pod: event.target.value })}
        className={`${CONTROL} font-mono`}
      />
    </Row>
  ),
}

/** What is to be chosen before the click; nothing for an action that leaves no choice. */
export function ActForm({ field, ...props }: FieldProps & { field: WishField }) {
  return field === null ? null : FIELDS[field](props)
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
      <span>
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
