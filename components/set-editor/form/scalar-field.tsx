'use client'

import { useId } from 'react'
import { schemaAt } from '../document/editor-schema.ts'
import { fieldText, valueAt } from '../document/path.ts'
import type { Path } from '../document/path.ts'
import { canWrite, withField } from '../document/set-text.ts'
import { FieldFrame } from './field-frame.tsx'
import type { ControlProps } from './field-frame.tsx'
import { hintOf, unsetWords, valueWords } from './field-words.ts'
import { CONTROL, shownProblem, useForm } from './form-context.ts'
import { controlOf } from './layout.ts'
import type { Field } from './layout.ts'
import { suggestionsId } from './suggestion-lists.tsx'
import { fromControl, shownText } from './scalar-value.ts'

interface ScalarProps {
  field: Field
  path: Path
  /** As in the schema: `spec.toolboxes[].name`. */
  template: string
}

/** A switch: on is true, off is not set. */
function Flag({
  props,
  value,
  onChange,
}: {
  props: ControlProps
  value: unknown
  onChange: (on: boolean) => void
}) {
  return (
    <input
      {...props}
      type="checkbox"
      checked={value === true}
      onChange={(event) => onChange(event.target.checked)}
      className="size-4 accent-accent max-tablet:size-5"
    />
  )
}

function Choice({
  props,
  template,
  value,
  disabled,
  onChange,
}: {
  props: ControlProps
  template: string
  value: string
  disabled: boolean
  onChange: (text: string) => void
}) {
  const schema = schemaAt(
    template.split('.').flatMap((part) => (part.endsWith('[]') ? [part.slice(0, -2), '[]'] : [part])),
  )
  const values = schema?.enum ?? []
  const strange = value !== '' && !values.includes(value)
  return (
    <select
      {...props}
      disabled={disabled}
      value={value}
      onChange={(event) => onChange(event.target.value)}
      className={CONTROL}
    >
      <option value="">{unsetWords(template, schema?.default)}</option>
      {values.map((each) => (
        <option key={each} value={each}>
          {valueWords(template, each)}
        </option>
      ))}
      {strange && <option value={value}>{value}</option>}
    </select>
  )
}

/** A field with one value: a text, a number, an amount, a choice or a switch, as its schema says. */
export function ScalarField({ field, path, template }: ScalarProps) {
  const form = useForm()
  const id = useId()
  const control = controlOf(template)
  const value = valueAt(form.value, path)
  const why = form.fixed.get(template)
  const inYaml = (typeof value === 'object' && value !== null) || !canWrite(form.readable, path)
  const disabled = inYaml || why !== undefined
  const schema = schemaAt(path)
  const listId = field.suggests === undefined ? undefined : suggestionsId(field.suggests)
  const set = (next: unknown) => {
    form.touch(path)
    form.change((text) => withField(text, path, next))
  }
  const required =
    template === 'spec.agent.image' || template.startsWith('metadata.name') || template.endsWith('[].name')
  const hint = inYaml ? 'This is written in the YAML in a way that has no form.' : (why ?? hintOf(template))
  return (
    <FieldFrame
      id={id}
      label={field.label}
      hint={hint}
      problem={shownProblem(form, path)}
      wide={field.wide === true}
      required={required}
      inline={control === 'flag'}
    >
      {(props) => {
        if (control === 'flag')
          return <Flag props={props} value={value} onChange={(on) => set(on || undefined)} />
        if (control === 'choice') {
          return (
            <Choice
              props={props}
              template={template}
              value={shownText(value)}
              disabled={disabled}
              onChange={(text) => set(text === '' ? undefined : text)}
            />
          )
        }
        return (
          <input
            {...props}
            type="text"
            inputMode={control === 'number' ? 'numeric' : 'text'}
            autoComplete="off"
            autoCapitalize="off"
            spellCheck={false}
            disabled={disabled}
            placeholder={
              schema?.default === undefined || schema.default === ''
                ? field.placeholder
                : String(schema.default)
            }
            value={shownText(value)}
            list={listId}
            aria-required={required}
            data-path={fieldText(path)}
            onBlur={() => form.touch(path)}
            onChange={(event) => set(fromControl(control, event.target.value))}
            className={`${CONTROL} ${field.mono ? 'font-mono text-xs' : ''}`}
          />
        )
      }}
    </FieldFrame>
  )
}
