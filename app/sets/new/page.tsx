import type { Metadata } from 'next'
import { SetEditorPage } from '../../../components/set-editor/set-editor-page.tsx'

export const metadata: Metadata = { title: 'New set' }

interface Query {
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

const textOf = (value: string | string[] | undefined) => (typeof value === 'string' ? value : '')

/** Makes a set: from nothing, or with `?from=namespace/name` as a copy; `?namespace=` says where, else it is where this person may. */
export default async function Page({ searchParams }: Query) {
  const query = await searchParams
  const into = textOf(query.namespace)
  const [namespace = '', name = ''] = textOf(query.from).split('/')
  if (namespace !== '' && name !== '') {
    return <SetEditorPage purpose={{ kind: 'clone', namespace, name, into }} />
  }
  return <SetEditorPage purpose={{ kind: 'new', namespace: into }} />
}
