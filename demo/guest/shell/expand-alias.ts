import type { Shell } from './shell.ts'
import type { Word } from './syntax-tree.ts'

/**
 * Replaces a command's name by its alias. Only words are replaced: an alias for more than the beginning of a simple
 * command is left to the words it has. bash does not look in scripts.
 */
export function expandAlias(shell: Shell, words: Word[]): Word[] {
  if (shell.aliases.size === 0 || (shell.dialect.name === 'bash' && shell.source !== 'interactive'))
    return words
  const used = new Set<string>()
  let expanded = words
  for (;;) {
    const [part, more] = expanded[0] ?? []
    const value =
      part?.kind === 'literal' && !part.quoted && more === undefined
        ? shell.aliases.get(part.text)
        : undefined
    if (part?.kind !== 'literal' || value === undefined || used.has(part.text)) return expanded
    used.add(part.text)
    const first = value.split(/\s+/).filter((text) => text !== '')
    expanded = [
      ...first.map((text): Word => [{ kind: 'literal', text, quoted: false }]),
      ...expanded.slice(1),
    ]
  }
}
