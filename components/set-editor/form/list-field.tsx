'use client'

import { ArrowDown, ArrowUp, ChevronRight, Plus, Trash2 } from 'lucide-react'
import { useId } from 'react'
import type { ComponentType } from 'react'
import { isJsonObject } from '../../../lib/cocoon/schema.ts'
import { capital } from '../../../lib/fleet/can/wording.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { fieldText, isWithin, valueAt } from '../document/path.ts'
import type { Path } from '../document/path.ts'
import { canWrite, withField, withItem, withMovedItem } from '../document/set-text.ts'
import { FieldFrame } from './field-frame.tsx'
import { hintOf } from './field-words.ts'
import { shownProblem, useForm } from './form-context.ts'
import type { Field, GridProps } from './layout.ts'
import { shownText } from './scalar-value.ts'

/** What an item is called while it is folded: by its name, or by its place. */
function titleOf(item: unknown, noun: string, at: number): string {
  const name = isJsonObject(item) ? shownText(item.name) : ''
  return name === '' ? `${capital(noun)} ${at + 1}` : name
}

type Items = NonNullable<Field['items']>

interface ItemProps {
  Grid: ComponentType<GridProps>
  items: Items
  list: Path
  template: string
  at: number
  count: number
}

function Item({ Grid, items, list, template, at, count }: ItemProps) {
  const form = useForm()
  const path = [...list, at]
  const item = valueAt(form.value, path)
  const title = titleOf(item, items.noun, at)
  const mode = isJsonObject(item) ? shownText(item.mode) : ''
  const wrong = [...form.problems.values()].filter(
    (problem) =>
      problem.severity === 'error' && isWithin(problem.path, path) && shownProblem(form, problem.path),
  ).length
  const move = (by: number) => form.change((text) => withMovedItem(text, list, at, by))
  const button = '!size-7 max-tablet:!size-9'
  return (
    <li>
      <details open className="group rounded-lg border border-line bg-panel">
        <summary
          data-phase="failed"
          className="flex h-10 cursor-pointer list-none items-center gap-1.5 rounded-lg pr-1.5 pl-2.5"
        >
          <ChevronRight
            aria-hidden
            size={13}
            strokeWidth={1.9}
            className="shrink-0 text-faint transition-transform duration-150 group-open:rotate-90"
          />
          <bdi className="truncate font-medium">{title}</bdi>
          {mode !== '' && <span className="tag">{mode}</span>}
          {wrong > 0 && <span className="text-xs text-phase-ink">{wrong} to mend</span>}
        </summary>
        <div className="space-y-3 border-t border-line px-3 pt-3 pb-3.5">
          <Grid fields={items.fields} top={path} template={`${template}[].`} isStatic={mode === 'static'} />
          {items.more !== undefined && (
            <details className="space-y-3">
              <summary className="cursor-pointer text-xs font-medium text-muted hover:text-text">
                Size and more
              </summary>
              <Grid fields={items.more} top={path} template={`${template}[].`} isStatic={mode === 'static'} />
            </details>
          )}
          <div className="flex items-center gap-1">
            <IconButton
              label={`Move ${title} up`}
              className={button}
              disabled={at === 0}
              onClick={() => move(-1)}
            >
              <ArrowUp aria-hidden size={14} strokeWidth={1.9} />
            </IconButton>
            <IconButton
              label={`Move ${title} down`}
              className={button}
              disabled={at === count - 1}
              onClick={() => move(1)}
            >
              <ArrowDown aria-hidden size={14} strokeWidth={1.9} />
            </IconButton>
            <Button
              look="quiet"
              aria-label={`Remove ${title}`}
              className="ml-auto !h-7 max-tablet:!h-9"
              onClick={() => form.change((text) => withField(text, path, undefined))}
            >
              <Trash2 aria-hidden size={13} strokeWidth={1.75} />
              Remove
            </Button>
          </div>
        </div>
      </details>
    </li>
  )
}

const EMPTY: Record<string, object> = { toolbox: { name: '' }, claim: { name: '' } }

/** Things one can have any number of: toolboxes, sources of variables, claims. */
export function ListField({
  Grid,
  field,
  path,
  template,
}: {
  /** Lays out the fields of an item, which may be lists, too. */
  Grid: ComponentType<GridProps>
  field: Field
  path: Path
  template: string
}) {
  const form = useForm()
  const id = useId()
  const { items } = field
  const value = valueAt(form.value, path)
  const list = Array.isArray(value) ? value : []
  if (items === undefined) return null
  // An item has no identity but its place: it is whatever the document says there.
  const places = list.map((_, at) => fieldText([...path, at]))
  const inYaml =
    (value !== undefined && value !== null && !Array.isArray(value)) || !canWrite(form.readable, path)
  return (
    <FieldFrame
      id={id}
      label={field.label}
      hint={hintOf(template)}
      problem={shownProblem(form, path)}
      wide
      group
    >
      {({ 'aria-describedby': describedBy }) => (
        <fieldset
          aria-labelledby={`${id}-label`}
          aria-describedby={describedBy}
          disabled={inYaml}
          className="space-y-2"
        >
          <ul className="space-y-2 empty:hidden">
            {places.map((place, at) => (
              <Item
                key={place}
                Grid={Grid}
                items={items}
                list={path}
                template={template}
                at={at}
                count={list.length}
              />
            ))}
          </ul>
          <Button
            onClick={() => form.change((text) => withItem(text, path, EMPTY[items.noun] ?? { prefix: '' }))}
          >
            <Plus aria-hidden size={14} strokeWidth={1.9} />
            Add a {items.noun}
          </Button>
        </fieldset>
      )}
    </FieldFrame>
  )
}
