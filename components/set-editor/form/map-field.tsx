'use client'

import { Plus, X } from 'lucide-react'
import { useId, useState } from 'react'
import { isJsonObject } from '../../../lib/cocoon/schema.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import type { Path } from '../document/path.ts'
import { valueAt } from '../document/path.ts'
import { canWrite, withField, withRenamedKey } from '../document/set-text.ts'
import { FieldFrame } from './field-frame.tsx'
import { hintOf } from './field-words.ts'
import { CONTROL, shownProblem, useForm } from './form-context.ts'
import type { Field } from './layout.ts'
import { fromControl, shownText } from './scalar-value.ts'

const MONO = `${CONTROL} font-mono text-xs`
const KEEP = { autoComplete: 'off', autoCapitalize: 'off', spellCheck: false } as const

/** One name with its value. The name is written when the field is left: half a name would be another one. */
function Member({ map, name, noun, amount }: { map: Path; name: string; noun: string; amount: boolean }) {
  const form = useForm()
  const [typed, setTyped] = useState(name)
  const path = [...map, name]
  const problem = shownProblem(form, path)
  return (
    <li data-phase="failed" className="space-y-1">
      <div className="flex items-center gap-1.5">
        <input
          {...KEEP}
          aria-label={`Name of ${noun} ${name}`}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
          onBlur={() => {
            const next = typed.trim()
            if (next !== '' && next !== name) form.change((text) => withRenamedKey(text, map, name, next))
            else setTyped(name)
          }}
          className={MONO}
        />
        <input
          {...KEEP}
          aria-label={`Value of ${noun} ${name}`}
          aria-invalid={problem?.severity === 'error'}
          value={shownText(valueAt(form.value, path))}
          onChange={(event) => {
            const { value } = event.target
            form.change((text) =>
              withField(text, path, amount ? (fromControl('amount', value) ?? '') : value),
            )
          }}
          className={MONO}
        />
        <IconButton
          label={`Remove ${noun} ${name}`}
          className="!size-8 shrink-0"
          onClick={() => form.change((text) => withField(text, path, undefined))}
        >
          <X aria-hidden size={14} strokeWidth={1.9} />
        </IconButton>
      </div>
      {problem !== undefined && <p className="text-xs text-phase-ink">{problem.message}</p>}
    </li>
  )
}

function Adder({
  map,
  noun,
  taken,
  amount,
}: {
  map: Path
  noun: string
  taken: readonly string[]
  amount: boolean
}) {
  const form = useForm()
  const [name, setName] = useState('')
  const [value, setValue] = useState('')
  const key = name.trim()
  const may = key !== '' && !taken.includes(key)
  const add = () => {
    if (!may) return
    const given = amount ? (fromControl('amount', value) ?? '') : value
    form.change((text) => withField(text, [...map, key], given))
    setName('')
    setValue('')
  }
  const onKeyDown = (event: { key: string; preventDefault: () => void }) => {
    if (event.key !== 'Enter') return
    event.preventDefault()
    add()
  }
  return (
    <div className="flex items-center gap-1.5">
      <input
        {...KEEP}
        {...{ onKeyDown }}
        aria-label={`Name of a new ${noun}`}
        placeholder="name"
        value={name}
        onChange={(event) => setName(event.target.value)}
        className={MONO}
      />
      <input
        {...KEEP}
        {...{ onKeyDown }}
        aria-label={`Value of a new ${noun}`}
        placeholder={amount ? 'amount' : 'value'}
        value={value}
        onChange={(event) => setValue(event.target.value)}
        className={MONO}
      />
      <Button
        aria-label={`Add ${noun}`}
        aria-disabled={!may}
        className="!w-8 !px-0 aria-disabled:opacity-50"
        onClick={add}
      >
        <Plus aria-hidden size={14} strokeWidth={1.9} />
      </Button>
    </div>
  )
}

/** Names with values: labels, annotations, and amounts of what nodes offer. */
export function MapField({ field, path, template }: { field: Field; path: Path; template: string }) {
  const form = useForm()
  const id = useId()
  const value = valueAt(form.value, path)
  const names = isJsonObject(value) ? Object.keys(value).filter((name) => !field.without?.includes(name)) : []
  const noun = field.label.toLowerCase().replace(/s$/, '')
  const amount = template.includes('resources')
  const inYaml =
    (value !== undefined && value !== null && !isJsonObject(value)) || !canWrite(form.readable, path)
  return (
    <FieldFrame
      id={id}
      label={field.label}
      hint={hintOf(template)}
      problem={shownProblem(form, path)}
      wide
      group
    >
      {({ 'aria-describedby': describedBy }) =>
        inYaml ? (
          <p className="text-xs text-muted">This is written in the YAML in a way that has no form.</p>
        ) : (
          <fieldset aria-labelledby={`${id}-label`} aria-describedby={describedBy} className="space-y-1.5">
            <ul className="space-y-1.5 empty:hidden">
              {names.map((name) => (
                <Member key={name} map={path} name={name} noun={noun} amount={amount} />
              ))}
            </ul>
            <Adder map={path} noun={noun} taken={names} amount={amount} />
          </fieldset>
        )
      }
    </FieldFrame>
  )
}
