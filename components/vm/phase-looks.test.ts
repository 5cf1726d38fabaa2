import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { VM_PHASES } from '../../lib/fleet/vm.ts'
import { PHASE_LOOKS } from './phase-looks.ts'

const CSS = readFileSync(join(import.meta.dirname, '../../app/globals.css'), 'utf8')

type Rgb = [number, number, number]

function rgb(hex: string): Rgb {
  const at = (from: number) => Number.parseInt(hex.slice(from, from + 2), 16)
  return [at(1), at(3), at(5)]
}

const mix = (over: Rgb, under: Rgb, share: number): Rgb =>
  over.map((value, place) => value * share + (under[place] ?? 0) * (1 - share)) as Rgb

/** Relative luminance and contrast as WCAG 2.2 defines them. */
function luminance(color: Rgb): number {
  const [red, green, blue] = color.map((value) => {
    const share = value / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * (red ?? 0) + 0.7152 * (green ?? 0) + 0.0722 * (blue ?? 0)
}

function contrast(one: Rgb, other: Rgb): number {
  const [light = 0, dark = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a)
  return (light + 0.05) / (dark + 0.05)
}

function pair(property: string, block: string): [string, string] {
  const found = new RegExp(`${property}: light-dark\\((#\\w{6}), (#\\w{6})\\)`).exec(block)
  return [found?.[1] ?? '', found?.[2] ?? '']
}

const blockOf = (phase: string) => CSS.slice(CSS.indexOf(`[data-phase='${phase}']`)).split('}')[0] ?? ''
const RAISED = pair('--raised', CSS)
/** The share of the fill in a chip's wash, by theme: the same as in `components/ui/surfaces.css`. */
const WASH = [0.11, 0.15]

describe('text', () => {
  const grounds = ['--ground', '--panel', '--raised', '--hover']
  it.each(['--text', '--muted', '--faint'].flatMap((ink) => grounds.map((ground) => [ink, ground] as const)))(
    '%s is legible on %s',
    (ink, ground) => {
      for (const theme of [0, 1]) {
        const [over, under] = [pair(ink, CSS)[theme], pair(ground, CSS)[theme]]
        expect(contrast(rgb(over ?? ''), rgb(under ?? ''))).toBeGreaterThanOrEqual(4.5)
      }
    },
  )
})

describe('the looks of the phases', () => {
  it.each(VM_PHASES)('%s has an icon, a word and a meaning', (phase) => {
    expect(PHASE_LOOKS[phase].word).toMatch(/^[A-Z][a-z]+$/)
    expect(PHASE_LOOKS[phase].meaning).toMatch(/\.$/)
  })

  it.each(VM_PHASES.flatMap((phase) => [0, 1].map((theme) => [phase, theme] as const)))(
    '%s is legible on its chip (theme %i)',
    (phase, theme) => {
      const fill = rgb(pair('--phase', blockOf(phase))[theme] ?? '')
      const ink = rgb(pair('--phase-ink', blockOf(phase))[theme] ?? '')
      const ground = rgb(RAISED[theme] ?? '')
      expect(contrast(ink, mix(fill, ground, WASH[theme] ?? 1))).toBeGreaterThanOrEqual(4.5)
      expect(contrast(ink, ground)).toBeGreaterThanOrEqual(4.5)
    },
  )
})
