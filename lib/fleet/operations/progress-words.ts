import { elapsed, formatDuration } from '../duration.ts'
import type { Usual } from './operation.ts'
import type { Progress } from './progress.ts'

/** "usually 20 s", from this fleet's own past; '' before there is one. */
export function usualWords(usual: Usual | undefined): string {
  if (usual === undefined) return ''
  const time = formatDuration(usual.median)
  return usual.count === 1 ? `${time} last time` : `usually ${time}`
}

/** Longer than this beside the usual time is worth a word (ms). */
const SLACK_MS = 10_000

/** Far beyond the usual time. */
export function isSlow(usual: Usual | undefined, took: number): boolean {
  return usual !== undefined && took > usual.median * 3 && took > usual.median + SLACK_MS
}

const sentence = (text: string) => (text === '' || /[.!?]$/.test(text) ? text : `${text}.`)

/** "Asked for hibernation · 12 s, usually 20 s": for where there is one line. */
export function progressLine({ what, since }: Progress, usual: Usual | undefined, now: number): string {
  const took = elapsed(since, now)
  const time = Number.isFinite(took) ? formatDuration(took) : ''
  const known = [time, usualWords(usual)].filter((text) => text !== '').join(', ')
  return known === '' ? what : `${what} · ${known}`
}

/** All that is to be said, a sentence or two each: what and how long, what happens now, what if not, what to do. */
export function progressLines(progress: Progress, usual: Usual | undefined, now: number): string[] {
  const { what, since, state, step, limit, message, advice, goesOn } = progress
  const took = elapsed(since, now)
  const ago = Number.isFinite(took) ? ` ${formatDuration(took)} ago` : ''
  if (state === 'failed') {
    return [`${what}${ago}, which failed${message === '' ? '' : `: ${message}`}`, advice].map(sentence)
  }
  const time = usualWords(usual)
  const length = goesOn && ago !== '' ? ` for ${formatDuration(took)}` : ago
  const head = `${what}${length}${time === '' ? '' : `, ${time}`}`
  const slow = isSlow(usual, took) ? 'It takes longer than usual' : ''
  const nowWords = step === '' ? 'Waiting for the cluster' : `Now: ${step}`
  const lines = [
    [head, nowWords].map(sentence).join(' '),
    [slow, limit].filter(Boolean).map(sentence).join(' '),
  ]
  return [...lines, sentence(message), sentence(advice)].filter((line) => line !== '')
}
