import { Component, type ReactNode } from 'react';
import { Failure } from './Failure.tsx';

interface ErrorBoundaryState {
  readonly error: unknown;
}

/** Keeps a fault in one screen from taking the navigation with it. */
export class ErrorBoundary extends Component<{ readonly children: ReactNode }, ErrorBoundaryState> {
  override state: ErrorBoundaryState = { error: null };

  static getDerivedStateFromError(error: unknown): ErrorBoundaryState {
    return { error };
  }

  override render(): ReactNode {
    if (this.state.error === null) return this.props.children;
    return (
      <div style={{ padding: 24 }}>
        <Failure error={this.state.error} onRetry={() => this.setState({ error: null })} />
      </div>
    );
  }
}
