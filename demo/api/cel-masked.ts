const LITERAL = /r?"""[^]*?"""|r?'''[^]*?'''|r"[^"\n]*"|r'[^'\n]*'|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'/g

/** An expression with blanks where its texts are, as long as before: what is left are names and operators. */
export function masked(source: string): string {
  return source.replaceAll(LITERAL, (found) => found.replaceAll(/[^\n]/g, ' '))
}
