'use client'

import { parseField, valueAt } from '../document/path.ts'
import { useForm } from './form-context.ts'
import { controlOf } from './layout.ts'
import type { Path } from '../document/path.ts'
import type { GridProps } from './layout.ts'
import { ListField } from './list-field.tsx'
import { MapField } from './map-field.tsx'
import { ScalarField } from './scalar-field.tsx'

const ROOT: Path = []

/** Fields beside each other, two to a line where there is room. */
export function FieldGrid({ fields, top = ROOT, template = '', isStatic = false }: GridProps) {
  const { value } = useForm()
  return (
    <div className="grid grid-cols-[repeat(auto-fill,minmax(min(220px,100%),1fr))] gap-x-4 gap-y-3.5">
      {fields.map((field) => {
        const path = [...top, ...parseField(field.path)]
        const hidden = isStatic ? field.notStatic : field.onlyStatic
        if (hidden && valueAt(value, path) === undefined) return null
        const whole = `${template}${field.path}`
        const control = controlOf(whole)
        const shown = { field, path, template: whole }
        if (control === 'list') return <ListField key={field.path} Grid={FieldGrid} {...shown} />
        const Shown = control === 'map' ? MapField : ScalarField
        return <Shown key={field.path} {...shown} />
      })}
    </div>
  )
}
