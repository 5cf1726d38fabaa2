'use client'

import { Disclosure } from '../../ui/disclosure.tsx'
import { FieldGrid } from './field-grid.tsx'
import { FormContext } from './form-context.ts'
import type { FormState } from './form-context.ts'
import { SECTIONS } from './layout.ts'

/** All fields of a set. `waits`: the text cannot be read now, so nothing can be changed here. */
export function SetForm({ form, waits }: { form: FormState; waits: boolean }) {
  return (
    <FormContext value={form}>
      <fieldset disabled={waits} className="min-w-0 space-y-3 disabled:opacity-60">
        <legend className="sr-only">Fields of the set</legend>
        {SECTIONS.map(({ id, title, intro, fields, more }) => (
          <section key={id} aria-labelledby={`section-${id}`} className="surface">
            <header className="px-4 pt-3.5 pb-3">
              <h2 id={`section-${id}`} className="text-sm font-bold">
                {title}
              </h2>
              {intro !== undefined && <p className="mt-0.5 text-xs text-pretty text-muted">{intro}</p>}
            </header>
            <div className="px-4 pb-4">
              <FieldGrid fields={fields} />
            </div>
            {more !== undefined && (
              <Disclosure title={`More on ${title.toLowerCase()}`}>
                <FieldGrid fields={more} />
              </Disclosure>
            )}
          </section>
        ))}
      </fieldset>
    </FormContext>
  )
}
