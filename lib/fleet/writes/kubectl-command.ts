import type { PlannedWrite, WrittenResource } from './planned-write.ts'

/** The words that kubectl knows the resources by. */
const WORD: Record<WrittenResource, string> = {
  pods: 'pod',
  cocoonsets: 'cocoonset',
  cocoonhibernations: 'cocoonhibernation',
}

/** A word for the shell: names need no quotes, anything else gets single ones. */
const quoted = (text: string) =>
  /^[\w./:=-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`

const fromInput = (verb: string, body: unknown) =>
  `kubectl ${verb} --filename=- <<'EOF'\n${JSON.stringify(body, null, 2)}\nEOF`

/**
 * The kubectl command with the same effect, to copy into a shell. It sends the same body; only the uid that a
 * deletion insists on has no place in kubectl's own delete.
 */
export function kubectlCommand(write: PlannedWrite): string {
  const { resource, namespace, name } = write
  const place = `${WORD[resource]} ${quoted(name)} --namespace=${quoted(namespace)}`
  switch (write.method) {
    case 'POST':
      return fromInput('create', write.body)
    case 'PUT':
      return fromInput('replace', write.body)
    case 'PATCH':
      return `kubectl patch ${place} --type=json --patch=${quoted(JSON.stringify(write.body))}`
    case 'DELETE':
      return `kubectl delete ${place} --wait=false`
  }
}
