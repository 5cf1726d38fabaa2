import type { JsonRecord } from './json.ts'
import { textAt } from './json.ts'
import type { ProtoField, ProtoMessage } from './protobuf.ts'
import { readMessage } from './protobuf.ts'
import { badRequest, statusError } from './status.ts'

const text = (name: string): ProtoField => ({ name, type: 'text' })
const texts = (name: string): ProtoField => ({ name, type: 'text', shape: 'list' })
const textMap = (name: string): ProtoField => ({ name, type: 'text', shape: 'map' })
const message = (name: string, type: ProtoMessage): ProtoField => ({ name, type })
const messages = (name: string, type: ProtoMessage): ProtoField => ({ name, type, shape: 'list' })

const METADATA = message('metadata', {
  1: text('name'),
  2: text('generateName'),
  3: text('namespace'),
  11: textMap('labels'),
  12: textMap('annotations'),
  14: texts('finalizers'),
})
const RESOURCE_ATTRIBUTES = message('resourceAttributes', {
  1: text('namespace'),
  2: text('verb'),
  3: text('group'),
  4: text('version'),
  5: text('resource'),
  6: text('subresource'),
  7: text('name'),
})
const PATH_ATTRIBUTES = message('nonResourceAttributes', { 1: text('path'), 2: text('verb') })
const RULES = messages('rules', {
  1: texts('verbs'),
  2: texts('apiGroups'),
  3: texts('resources'),
  4: texts('resourceNames'),
  5: texts('nonResourceURLs'),
})
const BINDING: ProtoMessage = {
  1: METADATA,
  2: messages('subjects', { 1: text('kind'), 2: text('apiGroup'), 3: text('name'), 4: text('namespace') }),
  3: message('roleRef', { 1: text('apiGroup'), 2: text('kind'), 3: text('name') }),
}
const REVIEW_OF_USER: ProtoMessage = {
  1: METADATA,
  2: message('spec', { 1: RESOURCE_ATTRIBUTES, 2: PATH_ATTRIBUTES, 3: text('user'), 4: texts('groups') }),
}

/** The kinds that kubectl's own commands post as protobuf: create, auth, run by its typed clients. */
const KINDS: Readonly<Record<string, ProtoMessage>> = {
  ClusterRole: { 1: METADATA, 2: RULES },
  ClusterRoleBinding: BINDING,
  ConfigMap: { 1: METADATA, 2: textMap('data') },
  LocalSubjectAccessReview: REVIEW_OF_USER,
  Namespace: { 1: METADATA },
  Role: { 1: METADATA, 2: RULES },
  RoleBinding: BINDING,
  Secret: {
    1: METADATA,
    2: { name: 'data', type: 'bytes', shape: 'map' },
    3: text('type'),
    4: textMap('stringData'),
  },
  SelfSubjectAccessReview: REVIEW_OF_USER,
  SelfSubjectReview: { 1: METADATA },
  SelfSubjectRulesReview: { 1: METADATA, 2: message('spec', { 1: text('namespace') }) },
  ServiceAccount: { 1: METADATA },
  SubjectAccessReview: REVIEW_OF_USER,
  TokenReview: { 1: METADATA, 2: message('spec', { 1: text('token') }) },
}

/** Four bytes before every message that Kubernetes writes. */
const MAGIC = Buffer.from([0x6b, 0x38, 0x73, 0])
const ENVELOPE: ProtoMessage = {
  1: message('typeMeta', { 1: text('apiVersion'), 2: text('kind') }),
  2: { name: 'raw', type: 'bytes' },
}

/** Reads an object in Kubernetes' protobuf envelope. Throws 400 for nonsense, 415 for kinds outside the table. */
export function readProtobuf(bytes: Buffer): JsonRecord {
  if (!bytes.subarray(0, MAGIC.length).equals(MAGIC)) {
    throw badRequest(
      'the object provided is unrecognized: it does not begin as a Kubernetes protobuf message',
    )
  }
  const envelope = readMessage(ENVELOPE, bytes.subarray(MAGIC.length))
  const kind = textAt(envelope, 'typeMeta', 'kind')
  const table = Object.hasOwn(KINDS, kind) ? KINDS[kind] : undefined
  if (!table) {
    const why = `this server reads ${kind || 'such objects'} as application/json only`
    throw statusError(415, 'UnsupportedMediaType', why)
  }
  const raw = Buffer.from(textAt(envelope, 'raw'), 'base64')
  return { apiVersion: textAt(envelope, 'typeMeta', 'apiVersion'), kind, ...readMessage(table, raw) }
}
