'use client'

import { Scaling } from 'lucide-react'
import { Popover } from '../ui/popover.tsx'
import { useStoredChoice } from '../ui/stored-choice.ts'
import type { ChoiceDefinition } from '../ui/stored-choice.ts'
import { COMPRESSION, FIT, QUALITY } from './console-choices.ts'
import { TOOL } from './tool-classes.ts'
import type { Compression, Fit, Quality } from './session/screen-settings.ts'

const FITS: Record<Fit, string> = {
  fit: 'Fit into the page',
  actual: '1:1, pixel for pixel',
  remote: 'Resize the VM’s screen to the page',
}
const SHORT: Record<Fit, string> = { fit: 'Fit', actual: '1:1', remote: 'Resize' }
const QUALITIES: Record<Quality, string> = { best: 'Best', balanced: 'Balanced', lean: 'Lean' }
const COMPRESSIONS: Record<Compression, string> = { low: 'Low', medium: 'Medium', high: 'High' }

function Choices<Value extends string>({
  legend,
  definition,
  words,
}: {
  legend: string
  definition: ChoiceDefinition<Value>
  words: Record<Value, string>
}) {
  const [value, choose] = useStoredChoice(definition)
  return (
    <fieldset>
      <legend className="pb-1 text-2xs text-faint">{legend}</legend>
      {definition.values.map((choice) => (
        <label key={choice} className="flex h-8 items-center gap-2 rounded-md text-sm max-tablet:h-11">
          <input
            type="radio"
            name={definition.key}
            checked={choice === value}
            className="accent-accent"
            onChange={() => choose(choice)}
          />
          {words[choice]}
        </label>
      ))}
    </fieldset>
  )
}

/** How the screen is fitted into the page, and how much of the line its picture may take. Remembered. */
export function PictureMenu() {
  const [fit] = useStoredChoice(FIT)
  return (
    <Popover
      title="Picture"
      align="start"
      triggerLabel={`Picture: ${FITS[fit]}`}
      tip={FITS[fit]}
      triggerClass={TOOL}
      trigger={
        <>
          <Scaling aria-hidden size={14} strokeWidth={1.75} />
          <span className="console-word">{SHORT[fit]}</span>
        </>
      }
    >
      <div className="space-y-3">
        <Choices legend="Size" definition={FIT} words={FITS} />
        <div className="grid grid-cols-2 gap-4">
          <Choices legend="Picture quality" definition={QUALITY} words={QUALITIES} />
          <Choices legend="Compression" definition={COMPRESSION} words={COMPRESSIONS} />
        </div>
        <p className="max-w-72 text-xs text-muted">
          Lean pictures and high compression take less of the line, and more of the VM’s processor. Only some
          VNC servers heed them.
        </p>
      </div>
    </Popover>
  )
}
