/** A parameter as OpenAPI v3 writes it. */
export interface Parameter {
  name: string
  in: 'path' | 'query'
  description: string
  required?: true
  schema: { type: string; uniqueItems: true }
}

const query = (name: string, type: string, description: string): Parameter => ({
  name,
  in: 'query',
  description,
  schema: { type, uniqueItems: true },
})

const step = (name: string, description: string): Parameter => ({
  name,
  in: 'path',
  description,
  required: true,
  schema: { type: 'string', uniqueItems: true },
})

export const NAMESPACE = step('namespace', 'the namespace that the object lives in')
export const nameOf = (kind: string) => step('name', `name of the ${kind}`)
export const PATH = step('path', 'path to the resource')

export const PRETTY = query('pretty', 'string', "If 'true', the answer is indented.")
const REVISION = query(
  'resourceVersion',
  'string',
  'Which revisions may be answered: any not older than this one. Unset asks for the newest.',
)
const DRY_RUN = query('dryRun', 'string', "'All' tries the request, admission included, and stores nothing.")

/** Of custom resources, whose single objects can be read at a revision. */
export const READ: readonly Parameter[] = [REVISION]

const SELECTION: readonly Parameter[] = [
  query('continue', 'string', 'Goes on with a list: the token that its last page gave.'),
  query('fieldSelector', 'string', 'Which objects, by values of their fields. All unless told.'),
  query('labelSelector', 'string', 'Which objects, by their labels. All unless told.'),
  query('limit', 'integer', 'How many objects a page holds at most.'),
  REVISION,
  query('resourceVersionMatch', 'string', "How resourceVersion is meant: 'Exact' or 'NotOlderThan'."),
  query('sendInitialEvents', 'boolean', 'Whether a watch begins with what is there already.'),
  query('timeoutSeconds', 'integer', 'After how many seconds the server ends the request.'),
]

export const LIST: readonly Parameter[] = [
  query('allowWatchBookmarks', 'boolean', 'Whether a watch may tell the revision without any change.'),
  ...SELECTION,
  query('watch', 'boolean', 'Answers the changes one by one instead of the list.'),
]

export const DELETE: readonly Parameter[] = [
  DRY_RUN,
  query('gracePeriodSeconds', 'integer', 'How long the object has to end; 0 removes it at once.'),
  query(
    'ignoreStoreReadErrorWithClusterBreakingPotential',
    'boolean',
    'Removes an object that the storage cannot read any more.',
  ),
  query('orphanDependents', 'boolean', 'Deprecated, use propagationPolicy: whether dependents stay behind.'),
  query('propagationPolicy', 'string', "What happens to dependents: 'Orphan', 'Background' or 'Foreground'."),
]

export const DELETE_COLLECTION: readonly Parameter[] = [...SELECTION, ...DELETE]

export const WRITE: readonly Parameter[] = [
  DRY_RUN,
  query('fieldManager', 'string', 'Who makes the change.'),
  query('fieldValidation', 'string', "What becomes of unknown fields: 'Ignore', 'Warn' or 'Strict'."),
]

export const PATCH: readonly Parameter[] = [
  ...WRITE,
  query('force', 'boolean', 'Takes fields from other managers when it is an apply.'),
]

const CONTAINER = query('container', 'string', 'Which container. The only one unless told.')
const STREAMS: readonly Parameter[] = [
  CONTAINER,
  query('stderr', 'boolean', 'Whether to send the standard error.'),
  query('stdin', 'boolean', 'Whether to take standard input.'),
  query('stdout', 'boolean', 'Whether to send the standard output.'),
  query('tty', 'boolean', 'Whether to give a terminal.'),
]
const PROXIED: readonly Parameter[] = [query('path', 'string', 'The path to ask for.')]

/** What subresources that are connected to, or read, take beyond names. */
export const OF_SUBRESOURCE: Readonly<Record<string, readonly Parameter[]>> = {
  attach: STREAMS,
  exec: [query('command', 'string', 'The command and its arguments.'), ...STREAMS],
  log: [
    CONTAINER,
    query('follow', 'boolean', 'Whether to go on with what is written later.'),
    query('insecureSkipTLSVerifyBackend', 'boolean', 'Whether to trust any certificate of the kubelet.'),
    query('limitBytes', 'integer', 'How many bytes to send at most.'),
    PRETTY,
    query('previous', 'boolean', 'Whether the log is of the instance before the current one.'),
    query('sinceSeconds', 'integer', 'How old lines may be.'),
    query('stream', 'string', "Which stream: 'All', 'Stdout' or 'Stderr'."),
    query('tailLines', 'integer', 'How many lines from the end.'),
    query('timestamps', 'boolean', 'Whether each line begins with its time.'),
  ],
  portforward: [query('ports', 'integer', 'The ports to forward.')],
  proxy: PROXIED,
}
