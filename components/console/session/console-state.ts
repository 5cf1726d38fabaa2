import type { Ended } from './console-ends.ts'

export type CredentialField = 'username' | 'password' | 'target'

/** Where one console stands. Only `nextState` makes one of another. */
export type ConsoleState =
  | { at: 'closed' }
  /** A ticket is asked for, the connection is made, the two sides greet. `attempt` counts from 0. */
  | { at: 'opening'; attempt: number }
  /** The VNC server asks who is there. `refusal` is what it said of the last answer; `live`: it still listens. */
  | { at: 'credentials'; fields: readonly CredentialField[]; refusal: string | null; live: boolean }
  /** The VNC server shows a key of its own (RSA-AES), as ssh does on the first contact. */
  | { at: 'identity'; fingerprint: string }
  | { at: 'open'; since: number }
  | { at: 'waiting'; end: Ended; attempt: number; until: number }
  | { at: 'over'; end: Ended; attempt: number }

export type ConsoleEvent =
  | { type: 'open' }
  | { type: 'retry' }
  | { type: 'credentials'; fields: readonly CredentialField[] }
  | { type: 'credentials-refused'; fields: readonly CredentialField[]; refusal: string }
  | { type: 'answered' }
  | { type: 'identity'; fingerprint: string }
  | { type: 'opened'; now: number }
  /** `waitMs` is how long the next try waits, where there is one by itself. */
  | { type: 'ended'; end: Ended; attempt: number; now: number; waitMs: number }
  | { type: 'ready'; now: number; waitMs: number }

export const CLOSED: ConsoleState = { at: 'closed' }

const attemptOf = (state: ConsoleState) => ('attempt' in state ? state.attempt : 0)

/** What happens in a console, one step at a time. An event that does not fit the state changes nothing. */
export function nextState(state: ConsoleState, event: ConsoleEvent): ConsoleState {
  switch (event.type) {
    case 'open':
      return { at: 'opening', attempt: 0 }
    case 'retry':
      return state.at === 'waiting' ? { at: 'opening', attempt: state.attempt } : state
    case 'credentials':
      return state.at === 'opening'
        ? { at: 'credentials', fields: event.fields, refusal: null, live: true }
        : state
    case 'credentials-refused':
      return { at: 'credentials', fields: event.fields, refusal: event.refusal, live: false }
    case 'identity':
      return state.at === 'opening' ? { at: 'identity', fingerprint: event.fingerprint } : state
    case 'answered':
      return state.at === 'credentials' || state.at === 'identity' ? { at: 'opening', attempt: 0 } : state
    case 'opened':
      return state.at === 'opening' ? { at: 'open', since: event.now } : state
    case 'ended':
      return ended(event)
    case 'ready':
      return state.at === 'over' && state.end.reopening === 'when-ready'
        ? {
            at: 'waiting',
            end: state.end,
            attempt: attemptOf(state) + 1,
            until: event.now + event.waitMs,
          }
        : state
  }
}

function ended({ end, attempt, now, waitMs }: Extract<ConsoleEvent, { type: 'ended' }>): ConsoleState {
  if (end.reopening !== 'by-itself') return { at: 'over', end, attempt }
  return { at: 'waiting', end, attempt: attempt + 1, until: now + waitMs }
}
