'use client'

import { Tabs } from '@base-ui/react/tabs'
import { useMemo } from 'react'
import { useMedia } from '../ui/use-media.ts'
import { schemaAt } from './document/editor-schema.ts'
import type { FieldProblem } from './document/field-problem.ts'
import { fieldText } from './document/path.ts'
import { SetForm } from './form/set-form.tsx'
import type { FormState } from './form/form-context.ts'
import { SplitPanes } from './split-panes.tsx'
import type { SetDraft } from './use-set-draft.ts'
import { diagnosticsOf } from './yaml/diagnostics.ts'
import { later } from '../ui/later.tsx'

const Waiting = () => <p className="p-4 text-sm text-muted">Loading the editor…</p>

/** The editor is the largest part of the page, and the form does without it. */
const YamlEditor = later(() => import('./yaml/yaml-editor.tsx').then((module) => module.YamlEditor), Waiting)

export type Pane = 'form' | 'yaml'

function FormWaits({ draft }: { draft: SetDraft }) {
  const [fault] = draft.parsed.faults
  if (fault === undefined) return null
  return (
    <p role="alert" data-phase="failed" className="chip-problem mb-3 rounded-lg px-3 py-2 text-sm">
      {`The YAML cannot be read (line ${fault.line}: ${fault.message}), so the form waits and shows what it could read last. Nothing is lost.`}
    </p>
  )
}

/** Problems of fields that the form does not have: they can only be mended in the text. */
function OnlyInText({ problems }: { problems: readonly FieldProblem[] }) {
  const outside = problems.filter(({ path }) => schemaAt(path) === undefined || path.length === 1)
  if (outside.length === 0) return null
  return (
    <ul
      aria-label="Only in the YAML"
      data-phase={outside.some(({ severity }) => severity === 'error') ? 'failed' : 'unreachable'}
      className="chip-problem mb-3 space-y-0.5 rounded-lg px-3 py-2 text-sm"
    >
      {outside.map(({ path, message }) => (
        <li key={`${fieldText(path)} ${message}`} className="wrap-anywhere">
          <bdi className="font-mono text-xs">{fieldText(path)}</bdi> <bdi>{message}</bdi>
        </li>
      ))}
    </ul>
  )
}

const TAB =
  'h-8 flex-1 rounded-md text-sm font-medium text-muted data-active:bg-panel data-active:text-text data-active:shadow-[0_0_0_1px_var(--line)] max-tablet:h-9'

/** The form and the text of the same document: beside each other where there is room, else one at a time. */
export function EditorPanes({
  draft,
  form,
  problems,
  pane,
  onPane,
}: {
  draft: SetDraft
  form: FormState
  problems: readonly FieldProblem[]
  pane: Pane
  onPane: (pane: Pane) => void
}) {
  const beside = useMedia('(min-width: 1080px)')
  const diagnostics = useMemo(
    () => diagnosticsOf(draft.parsed, problems, form.revealed),
    [draft.parsed, problems, form.revealed],
  )
  const fields = (
    <>
      <FormWaits draft={draft} />
      <OnlyInText problems={problems} />
      <SetForm form={form} waits={draft.parsed.faults.length > 0} />
    </>
  )
  const yaml = (
    <YamlEditor text={draft.text} diagnostics={diagnostics} onChange={(text) => draft.change(() => text)} />
  )
  if (beside) return <SplitPanes left={fields} right={yaml} />
  return (
    <Tabs.Root
      value={pane}
      onValueChange={(next) => onPane(next === 'yaml' ? 'yaml' : 'form')}
      className="flex min-h-0 flex-1 flex-col gap-3"
    >
      <Tabs.List className="flex rounded-lg border border-line bg-ground p-0.5">
        <Tabs.Tab value="form" className={TAB}>
          Form
        </Tabs.Tab>
        <Tabs.Tab value="yaml" className={TAB}>
          YAML
        </Tabs.Tab>
      </Tabs.List>
      <Tabs.Panel value="form" className="min-h-0 flex-1 overflow-y-auto pb-4" keepMounted>
        {fields}
      </Tabs.Panel>
      <Tabs.Panel value="yaml" className="surface min-h-0 flex-1 overflow-hidden" keepMounted>
        {yaml}
      </Tabs.Panel>
    </Tabs.Root>
  )
}
