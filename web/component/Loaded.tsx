import type { UseInfiniteQueryResult, UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Failure } from './Failure.tsx';
import { Loading } from './Loading.tsx';

interface LoadedProps<Value> {
  readonly query: UseQueryResult<Value> | UseInfiniteQueryResult<Value>;
  readonly height?: number;
  readonly children: (value: Value) => ReactNode;
}

/** Waits for a query: loading, failed with a retry, or the value. A background refresh never blanks the page. */
export function Loaded<Value>({ query, height = 240, children }: LoadedProps<Value>) {
  if (query.data !== undefined) return <>{children(query.data)}</>;
  if (query.isError) return <Failure error={query.error} onRetry={() => void query.refetch()} />;
  return <Loading height={height} />;
}
