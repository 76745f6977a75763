package dev.scrubjay.message;

import dev.scrubjay.value.Reading;

/// What nodes and clients send each other, as bytes that nobody vouches for.
public final class FrameBytes {
    private FrameBytes() {}

    public static void read(byte[] body) {
        Reading.ofGrowingBody(body, FrameForm::decode, FrameForm::encode);
    }
}
