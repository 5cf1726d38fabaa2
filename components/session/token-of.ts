/** A token as somebody pasted it, or what they pasted instead and what to do about it. */
export type Pasted = { token: string } | { flaw: string }

const FLAWS: readonly (readonly [looks: RegExp, flaw: string])[] = [
  [/^$/, 'Paste a token first.'],
  [
    /apiVersion:|clusters:|"kind"\s*:/,
    'This is a whole document, not a token. In a kubeconfig the token stands after “token:”; of a Secret it is the value of “token”, decoded.',
  ],
  [
    /^ZXlK/,
    'This token is still encoded, as Secrets hold it. Decode it first: put “| base64 -d” after the command that printed it.',
  ],
  [/^kubectl /, 'This is the command. Run it in a shell, and paste what it prints.'],
]

/** The token in what somebody pasted: terminals break long lines, and some copy the header with it. */
export function tokenOf(pasted: string): Pasted {
  const text = pasted
    .trim()
    .replace(/^authorization:\s*/i, '')
    .replace(/^bearer\s+/i, '')
  const flaw = FLAWS.find(([looks]) => looks.test(text))?.[1]
  if (flaw !== undefined) return { flaw }
  const token = text.replaceAll(/\s+/g, '')
  // What a header can carry at all; everything else is for the cluster to judge.
  if (!/^[\x21-\x7e]+$/.test(token))
    return { flaw: 'A token has only letters, digits and signs of ASCII in it.' }
  return { token }
}
