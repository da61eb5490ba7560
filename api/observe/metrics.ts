import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

/** What Prometheus reads. Route patterns are labels, never addresses: those hold ids. */
export interface Metrics {
  readonly requestEnded: (method: string, route: string, status: number, seconds: number) => void;
  readonly jobEnded: (kind: string, status: string, seconds: number) => void;
  readonly jobsRunning: (count: number) => void;
  readonly text: () => Promise<string>;
  readonly contentType: string;
}

export function createMetrics(): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry, prefix: 'coverline_' });
  const requests = new Histogram({
    name: 'coverline_http_request_seconds',
    help: 'Duration of HTTP requests',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
    registers: [registry],
  });
  const jobs = new Histogram({
    name: 'coverline_job_seconds',
    help: 'Duration of jobs by how they ended',
    labelNames: ['kind', 'status'],
    buckets: [0.1, 0.5, 1, 5, 15, 60, 300, 1800],
    registers: [registry],
  });
  const ended = new Counter({
    name: 'coverline_jobs_total',
    help: 'Jobs that ended',
    labelNames: ['kind', 'status'],
    registers: [registry],
  });
  const running = new Gauge({
    name: 'coverline_jobs_running',
    help: 'Jobs that run in this process',
    registers: [registry],
  });
  return {
    requestEnded: (method, route, status, seconds) =>
      requests.observe({ method, route, status: String(status) }, seconds),
    jobEnded: (kind, status, seconds) => {
      jobs.observe({ kind, status }, seconds);
      ended.inc({ kind, status });
    },
    jobsRunning: count => running.set(count),
    text: () => registry.metrics(),
    contentType: registry.contentType,
  };
}
