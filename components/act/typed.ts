import { useState } from 'react'

/** Whether the name was typed that is asked for; '' where none is asked for, whatever was typed while one was. */
export const isTyped = (asked: string, typed: string): boolean => asked === '' || typed === asked

/**
 * What was typed below these losses. It counts for them alone: where another number is wished, or somebody else has
 * changed what goes, nobody has read what is lost now.
 */
export function useTyped(losses: readonly string[]): [string, (text: string) => void] {
  const below = losses.join('\n')
  const [typed, setTyped] = useState({ text: '', below })
  return [typed.below === below ? typed.text : '', (text) => setTyped({ text, below })]
}
