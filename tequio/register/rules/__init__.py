"""The mathematics of the register: canonical JSON, commitments, the Merkle tree and signed notes."""
