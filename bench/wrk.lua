-- What wrk found, as one line of JSON: milliseconds, and requests a second.
done = function(summary, latency)
  local errors = summary.errors
  io.write(string.format(
    'FOUND {"rate": %.2f, "requests": %d, "p50": %.3f, "p95": %.3f, "most": %.3f, "faults": %d}\n',
    summary.requests / (summary.duration / 1e6), summary.requests,
    latency:percentile(50) / 1e3, latency:percentile(95) / 1e3, latency.max / 1e3,
    errors.connect + errors.read + errors.write + errors.status))
end
